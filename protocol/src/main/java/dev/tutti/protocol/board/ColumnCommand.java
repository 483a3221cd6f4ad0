package dev.tutti.protocol.board;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import org.jspecify.annotations.Nullable;

/** What people do with the columns of a board. */
public sealed interface ColumnCommand extends BoardCommand {

  /** A new column, at the end unless a place is named. */
  @JsonTypeName("column.add")
  record Add(@Nullable String column, String title, @Nullable String after, @Nullable Boolean first)
      implements ColumnCommand {
    public Add {
      Args.optionalId(column, "column");
      Args.line(title, BoardLimits.MAX_TITLE_CHARS, "title");
      Place.check(column, after, first);
    }

    /** Where it goes. */
    public Place place() {
      return Place.of(after, first);
    }
  }

  /** Give a column another title. */
  @JsonTypeName("column.rename")
  record Rename(String column, String title) implements ColumnCommand {
    public Rename {
      Args.id(column, "column");
      Args.line(title, BoardLimits.MAX_TITLE_CHARS, "title");
    }
  }

  /** Put a column elsewhere, with all that is in it. */
  @JsonTypeName("column.move")
  record Move(String column, @Nullable String after, @Nullable Boolean first)
      implements ColumnCommand {
    public Move {
      Args.id(column, "column");
      Place.check(column, after, first);
    }

    /** Where it goes. */
    public Place place() {
      return Place.of(after, first);
    }
  }

  /**
   * Take a column away.
   *
   * @param to the column that its tickets go to; may be absent when there are none
   */
  @JsonTypeName("column.delete")
  record Delete(String column, @Nullable String to) implements ColumnCommand {
    public Delete {
      Args.id(column, "column");
      Args.optionalId(to, "to");
      if (column.equals(to)) {
        throw Args.invalid("to", "Its tickets cannot stay in the column that goes.");
      }
    }
  }

  /**
   * Limit the work in progress.
   *
   * @param limit how many tickets the column holds at most; absent for no limit
   */
  @JsonTypeName("column.limit")
  record Limit(String column, @Nullable Integer limit) implements ColumnCommand {
    public Limit {
      Args.id(column, "column");
      if (limit != null) {
        Args.between(limit, 1, BoardLimits.MAX_TICKETS_IN_COLUMN, "limit");
      }
    }
  }
}
