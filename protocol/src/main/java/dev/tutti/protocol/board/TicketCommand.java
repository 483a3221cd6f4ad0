package dev.tutti.protocol.board;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What people do with tickets. Their checklists and comments have interfaces of their own. */
public sealed interface TicketCommand extends BoardCommand
    permits TicketCommand.Add,
        TicketCommand.Edit,
        TicketCommand.Move,
        TicketCommand.Assign,
        TicketCommand.Unassign,
        TicketCommand.Label,
        TicketCommand.Unlabel,
        TicketCommand.Due,
        TicketCommand.Archive,
        TicketCommand.Restore,
        TicketCommand.Delete,
        CheckCommand,
        CommentCommand {

  /** A new ticket, at the end of its column unless a place is named. */
  @JsonTypeName("ticket.add")
  record Add(
      @Nullable String ticket,
      String column,
      String title,
      @Nullable String after,
      @Nullable Boolean first)
      implements TicketCommand {
    public Add {
      Args.optionalId(ticket, "ticket");
      Args.id(column, "column");
      Args.line(title, BoardLimits.MAX_TITLE_CHARS, "title");
      Place.check(ticket, after, first);
    }

    /** Where it goes. */
    public Place place() {
      return Place.of(after, first);
    }
  }

  /**
   * Change the words of a ticket; what is absent stays.
   *
   * @param description the empty text takes it away
   */
  @JsonTypeName("ticket.edit")
  record Edit(String ticket, @Nullable String title, @Nullable String description)
      implements TicketCommand {
    public Edit {
      Args.id(ticket, "ticket");
      if (title == null && description == null) {
        throw Args.invalid("title", "Give a \"title\" or a \"description\".");
      }
      if (title != null) {
        Args.line(title, BoardLimits.MAX_TITLE_CHARS, "title");
      }
      if (description != null) {
        Args.anyText(description, BoardLimits.MAX_DESCRIPTION_CHARS, "description");
      }
    }
  }

  /** Put a ticket into a column, at its end unless a place is named. */
  @JsonTypeName("ticket.move")
  record Move(String ticket, String column, @Nullable String after, @Nullable Boolean first)
      implements TicketCommand {
    public Move {
      Args.id(ticket, "ticket");
      Args.id(column, "column");
      Place.check(ticket, after, first);
    }

    /** Where it goes. */
    public Place place() {
      return Place.of(after, first);
    }
  }

  /**
   * Someone will do it.
   *
   * @param name for people to read; absent, it is the sender's own or the user id
   */
  @JsonTypeName("ticket.assign")
  record Assign(String ticket, String user, @Nullable String name) implements TicketCommand {
    public Assign {
      Args.id(ticket, "ticket");
      Args.user(user, "user");
      if (name != null) {
        Args.line(name, BoardLimits.MAX_NAME_CHARS, "name");
      }
    }
  }

  /** Someone will not do it any more. */
  @JsonTypeName("ticket.unassign")
  record Unassign(String ticket, String user) implements TicketCommand {
    public Unassign {
      Args.id(ticket, "ticket");
      Args.user(user, "user");
    }
  }

  /**
   * Put a label on a ticket, or give it another hue.
   *
   * @param hue in degrees, 0 to 359; absent, the label keeps its own or gets one by its name
   */
  @JsonTypeName("ticket.label")
  record Label(String ticket, String label, @Nullable Integer hue) implements TicketCommand {
    public Label {
      Args.id(ticket, "ticket");
      Args.key(label, BoardLimits.MAX_LABEL_CHARS, "label");
      if (hue != null) {
        Args.between(hue, 0, BoardLimits.HUES - 1, "hue");
      }
    }
  }

  /** Take a label off a ticket. */
  @JsonTypeName("ticket.unlabel")
  record Unlabel(String ticket, String label) implements TicketCommand {
    public Unlabel {
      Args.id(ticket, "ticket");
      Args.key(label, BoardLimits.MAX_LABEL_CHARS, "label");
    }
  }

  /** Say when a ticket is due, as a day without a time zone; absent, it is due no more. */
  @JsonTypeName("ticket.due")
  record Due(String ticket, @Nullable LocalDate date) implements TicketCommand {
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9999;

    public Due {
      Args.id(ticket, "ticket");
      if (date != null && (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR)) {
        throw Args.invalid("date", "\"date\" must be in the years 1900 to 9999.");
      }
    }
  }

  /** Put a ticket out of the way, restorable. */
  @JsonTypeName("ticket.archive")
  record Archive(String ticket) implements TicketCommand {
    public Archive {
      Args.id(ticket, "ticket");
    }
  }

  /**
   * Bring an archived ticket back, to the end of a column.
   *
   * @param column absent, the one it was in, or the first one when that is gone
   */
  @JsonTypeName("ticket.restore")
  record Restore(String ticket, @Nullable String column) implements TicketCommand {
    public Restore {
      Args.id(ticket, "ticket");
      Args.optionalId(column, "column");
    }
  }

  /** Take a ticket away for good, with its comments. */
  @JsonTypeName("ticket.delete")
  record Delete(String ticket) implements TicketCommand {
    public Delete {
      Args.id(ticket, "ticket");
    }
  }
}
