package dev.tutti.protocol.board;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import dev.tutti.protocol.CommandBinding;

/**
 * What people do on a board. Ids of new things may be chosen by the client; where they are absent
 * they are made from the command's key.
 */
public sealed interface BoardCommand permits BoardCommand.Rename, ColumnCommand, TicketCommand {
  /** Names and arguments of all of them. */
  CommandBinding<BoardCommand> BINDING = CommandBinding.of(BoardCommand.class);

  /** Give the board a title. */
  @JsonTypeName("board.rename")
  record Rename(String title) implements BoardCommand {
    public Rename {
      Args.line(title, BoardLimits.MAX_TITLE_CHARS, "title");
    }
  }
}
