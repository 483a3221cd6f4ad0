package dev.tutti.fanout;

/**
 * One message with its WebSocket header (or its server-sent-event lines), ready for any number of
 * sockets. Immutable; whoever asked for it releases it once, after the last {@link Outlet#write}.
 */
public interface Frame {
  void release();
}
