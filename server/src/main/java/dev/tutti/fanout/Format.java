package dev.tutti.fanout;

/** The forms in which one message travels. A message is encoded at most once in each. */
public enum Format {
  /** WebSocket text frames. */
  JSON,
  /** WebSocket text frames, compressed without context takeover (RFC 7692). */
  JSON_DEFLATE,
  /** WebSocket binary frames (RFC 8949). */
  CBOR,
  /** WebSocket binary frames, compressed without context takeover. */
  CBOR_DEFLATE,
  /** Server-sent events (WHATWG HTML, section 9.2): {@code data:} lines of JSON. */
  SSE;

  /** Whether the payload is CBOR; JSON otherwise. */
  public boolean cbor() {
    return this == CBOR || this == CBOR_DEFLATE;
  }
}
