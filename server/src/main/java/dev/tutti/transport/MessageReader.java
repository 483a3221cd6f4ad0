package dev.tutti.transport;

import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Limits;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of a client's frames: puts fragments together, inflates, checks UTF-8, and holds
 * each message to its limits, whatever its frames claim. Between messages it holds no buffer. Used
 * on its connection's event loop only.
 */
final class MessageReader {
  private static final byte[] EMPTY = {};

  /** Room for a message whose length is not known yet, in bytes. */
  private static final int MIN_BUFFER_BYTES = 256;

  private final Dialect dialect;
  private final boolean deflate;
  private final int maxBytes;
  private final int maxFragments;
  private final FrameReader frame = new FrameReader();
  private final Utf8 utf8 = new Utf8();

  /** The message begun: {@link Opcode#TEXT}, {@link Opcode#BINARY}, or 0 for none. */
  private int opcode;

  private boolean compressed;
  private int fragments;
  private byte[] message = EMPTY;
  private int size;

  /** The payload of the control frame begun, which may stand between a message's fragments. */
  private byte @Nullable [] control;

  /** What is read. Called while reading. */
  interface Receiver {
    /** Whether to read on; asked before each frame. */
    boolean receptive();

    void message(boolean binary, byte[] payload);

    void ping(byte[] payload);

    /** The peer's close frame, with its code, or 1000 where it gave none. */
    void closing(int code);
  }

  MessageReader(Dialect dialect, boolean deflate, Limits limits) {
    this.dialect = dialect;
    this.deflate = deflate;
    this.maxBytes = limits.maxMessageBytes();
    this.maxFragments = limits.maxFragments();
  }

  /**
   * Reads all of {@code in}, or as much as the receiver wants.
   *
   * @throws BrokenFrame when the connection must end; this reader is of no use then
   */
  void read(ByteBuf in, Receiver receiver) throws BrokenFrame {
    while (in.isReadable() && receiver.receptive()) {
      if (!frame.inPayload()) {
        if (!frame.readHeader(in, deflate)) {
          return;
        }
        begin();
      }
      take(in);
      if (frame.remaining() == 0) {
        frame.finish();
        end(receiver);
      }
    }
  }

  private void begin() throws BrokenFrame {
    int kind = frame.opcode();
    if (Opcode.control(kind)) {
      control = new byte[(int) frame.length()];
      return;
    }
    if (kind == Opcode.CONTINUATION) {
      if (opcode == 0) {
        throw broken(CloseCode.PROTOCOL_ERROR, "A continuation continues nothing.");
      }
    } else {
      beginMessage(kind);
    }
    if (frame.length() > maxBytes - size) {
      throw broken(CloseCode.TOO_LARGE, "A message may have " + Limits.bytes(maxBytes) + ".");
    }
    if (++fragments > maxFragments) {
      throw broken(CloseCode.TOO_LARGE, "A message may have " + maxFragments + " fragments.");
    }
  }

  private void beginMessage(int kind) throws BrokenFrame {
    if (opcode != 0) {
      throw broken(CloseCode.PROTOCOL_ERROR, "A message begins inside another.");
    }
    if (!dialect.takes(kind)) {
      throw broken(
          CloseCode.UNSUPPORTED_DATA,
          kind == Opcode.TEXT ? "This subprotocol is binary." : "This subprotocol is text.");
    }
    opcode = kind;
    compressed = frame.compressed();
    utf8.reset();
  }

  private void take(ByteBuf in) throws BrokenFrame {
    int n = (int) Math.min(frame.remaining(), in.readableBytes());
    if (control != null) {
      frame.takePayload(in, control, (int) (frame.length() - frame.remaining()), n);
      return;
    }
    makeRoom(n);
    frame.takePayload(in, message, size, n);
    if (opcode == Opcode.TEXT && !compressed && !utf8.accepts(message, size, size + n)) {
      throw notUtf8();
    }
    size += n;
  }

  /** Grows with what has come, not with what a header claims. */
  private void makeRoom(int n) {
    if (message.length - size >= n) {
      return;
    }
    boolean whole = frame.fin() && frame.remaining() == n;
    int wanted = whole ? size + n : Math.max(size + n, Math.max(MIN_BUFFER_BYTES, 2 * size));
    message = Arrays.copyOf(message, Math.min(wanted, maxBytes));
  }

  private void end(Receiver receiver) throws BrokenFrame {
    byte[] payload = control;
    if (payload != null) {
      control = null;
      switch (frame.opcode()) {
        case Opcode.PING -> receiver.ping(payload);
        case Opcode.CLOSE -> receiver.closing(CloseFrame.read(payload));
        default -> {} // a pong answers nothing: liveness is asked for by the protocol's own ping
      }
    } else if (frame.fin()) {
      endMessage(receiver);
    }
  }

  private void endMessage(Receiver receiver) throws BrokenFrame {
    boolean binary = opcode == Opcode.BINARY;
    byte[] whole = message;
    if (compressed) {
      whole = Deflation.inflate(message, size, maxBytes);
      if (!binary && !utf8.accepts(whole, 0, whole.length)) {
        throw notUtf8();
      }
    } else if (size < message.length) {
      whole = Arrays.copyOf(message, size);
    }
    if (!binary && !utf8.complete()) {
      throw notUtf8();
    }
    opcode = 0;
    fragments = 0;
    message = EMPTY;
    size = 0;
    receiver.message(binary, whole);
  }

  private static BrokenFrame notUtf8() {
    return broken(CloseCode.BAD_UTF8, "A text is not UTF-8.");
  }

  private static BrokenFrame broken(CloseCode code, String sentence) {
    return new BrokenFrame(code, sentence);
  }
}
