package dev.tutti.clients;

/** As whom a peer comes. */
sealed interface Who {
  /** Empty unless it is a guest's. */
  default String name() {
    return "";
  }

  /** Empty for a guest. */
  default String token() {
    return "";
  }

  /** Of this name. */
  record Guest(String name) implements Who {}

  /** With one token for good. */
  record Bearer(String token) implements Who {}

  /** With a token that is asked for anew; this is the first. */
  record Asking(String token) implements Who {}
}
