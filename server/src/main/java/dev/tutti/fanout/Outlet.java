package dev.tutti.fanout;

/** One subscriber's socket, as fan-out sees it. Called on that socket's event loop only. */
public interface Outlet {
  Format format();

  /** Whether the socket takes more now. When it turns true again, the transport says so. */
  boolean writable();

  /** Puts a frame into the socket's buffer. Does not take over the caller's reference. */
  void write(Frame frame);

  /** Hands what was written to the kernel. */
  void flush();
}
