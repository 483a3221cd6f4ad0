package dev.tutti.protocol.board;

/**
 * The limits of a board. Texts are in UTF-16 characters and refused as {@code invalid}; counts are
 * refused as {@code rule}, with a sentence that names them.
 */
public final class BoardLimits {
  public static final int MAX_TITLE_CHARS = 500;
  public static final int MAX_DESCRIPTION_CHARS = 20_000;

  /** A comment or a checklist item. */
  public static final int MAX_TEXT_CHARS = 5_000;

  public static final int MAX_LABEL_CHARS = 40;

  /** The name of an assignee. */
  public static final int MAX_NAME_CHARS = 100;

  /** Labels are coloured by a hue in degrees, below this. */
  public static final int HUES = 360;

  public static final int MAX_COLUMNS = 50;

  /** Tickets of a board, the archived ones included. */
  public static final int MAX_TICKETS = 10_000;

  /** Tickets of one column: the patch that gives all of them new ranks stays under its limit. */
  public static final int MAX_TICKETS_IN_COLUMN = 2_000;

  public static final int MAX_LABELS = 20;
  public static final int MAX_ASSIGNEES = 20;
  public static final int MAX_CHECKLIST_ITEMS = 100;
  public static final int MAX_COMMENTS_OF_TICKET = 500;

  /** Comments of all tickets of a board together. */
  public static final int MAX_COMMENTS = 20_000;

  private BoardLimits() {}
}
