package dev.tutti.journal;

/** How an append ended. */
public sealed interface Appended {
  /** All entries are committed. */
  record Won() implements Appended {}

  /**
   * Nothing was appended: the room's head is not what was expected, another appender holds it, one
   * of the keys is in the journal already, or the journal's epoch is another.
   */
  record Lost() implements Appended {}

  /** Nobody can tell: it broke during the commit. The keys say later whether it happened. */
  record Unknown(Throwable cause) implements Appended {}

  /**
   * Nothing was appended, for certain: the journal could not be reached, too much was waiting for
   * it, or it refused what the batch holds. The sentence of the cause says which.
   */
  record Unavailable(Throwable cause) implements Appended {}
}
