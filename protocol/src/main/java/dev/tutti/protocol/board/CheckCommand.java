package dev.tutti.protocol.board;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import org.jspecify.annotations.Nullable;

/** What people do with a ticket's checklist. */
public sealed interface CheckCommand extends TicketCommand {
  /** The ticket whose checklist it is. */
  String ticket();

  /** A new item at the end, not done yet. */
  @JsonTypeName("ticket.check.add")
  record Add(String ticket, @Nullable String item, String text) implements CheckCommand {
    public Add {
      Args.id(ticket, "ticket");
      Args.optionalId(item, "item");
      Args.line(text, BoardLimits.MAX_TEXT_CHARS, "text");
    }
  }

  /** Tick an item, or untick it. */
  @JsonTypeName("ticket.check.set")
  record Set(String ticket, String item, boolean done) implements CheckCommand {
    public Set {
      Args.id(ticket, "ticket");
      Args.id(item, "item");
    }
  }

  /** Give an item other words. */
  @JsonTypeName("ticket.check.edit")
  record Edit(String ticket, String item, String text) implements CheckCommand {
    public Edit {
      Args.id(ticket, "ticket");
      Args.id(item, "item");
      Args.line(text, BoardLimits.MAX_TEXT_CHARS, "text");
    }
  }

  /** Put an item elsewhere in its checklist. */
  @JsonTypeName("ticket.check.move")
  record Move(String ticket, String item, @Nullable String after, @Nullable Boolean first)
      implements CheckCommand {
    public Move {
      Args.id(ticket, "ticket");
      Args.id(item, "item");
      Place.check(item, after, first);
    }

    /** Where it goes. */
    public Place place() {
      return Place.of(after, first);
    }
  }

  /** Take an item away. */
  @JsonTypeName("ticket.check.remove")
  record Remove(String ticket, String item) implements CheckCommand {
    public Remove {
      Args.id(ticket, "ticket");
      Args.id(item, "item");
    }
  }
}
