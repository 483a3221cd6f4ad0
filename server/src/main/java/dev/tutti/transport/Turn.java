package dev.tutti.transport;

/** What a client of HTTP/1.1 gets next: pipelined requests are answered one after another. */
sealed interface Turn permits Request, Turn.Refusal {
  /** The bytes were no request; this is said, and the connection ends. */
  record Refusal(Reply problem) implements Turn {}
}
