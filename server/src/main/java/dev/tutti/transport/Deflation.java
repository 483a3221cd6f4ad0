package dev.tutti.transport;

import dev.tutti.protocol.CloseCode;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate (RFC 7692) without context takeover: every message stands for itself, so a
 * thread needs one compressor, and a connection none. Any thread.
 */
final class Deflation {
  /** Ends every message on the wire's wrong side: cut off by the sender, put back by the reader. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private static final int MIN_OUTPUT_BYTES = 512;

  private static final FastThreadLocal<Deflater> DEFLATER =
      new FastThreadLocal<>() {
        @Override
        protected Deflater initialValue() {
          return new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        }

        @Override
        protected void onRemoval(Deflater deflater) {
          deflater.end();
        }
      };

  private static final FastThreadLocal<Inflater> INFLATER =
      new FastThreadLocal<>() {
        @Override
        protected Inflater initialValue() {
          return new Inflater(true);
        }

        @Override
        protected void onRemoval(Inflater inflater) {
          inflater.end();
        }
      };

  private Deflation() {}

  /** The payload of one compressed message. */
  static byte[] deflate(byte[] message) {
    Deflater deflater = DEFLATER.get();
    deflater.reset();
    deflater.setInput(message);
    byte[] out = new byte[Math.max(MIN_OUTPUT_BYTES, message.length / 2)];
    int size = 0;
    while (true) {
      size += deflater.deflate(out, size, out.length - size, Deflater.SYNC_FLUSH);
      if (size < out.length) {
        return Arrays.copyOf(out, size - TAIL.length);
      }
      out = Arrays.copyOf(out, out.length * 2);
    }
  }

  /**
   * One message from {@code size} bytes of {@code payload}.
   *
   * @param maxBytes of the message; never more than about that much memory is taken for it
   * @throws BrokenFrame 1009 over the limit, 1002 when the payload is not deflated data
   */
  static byte[] inflate(byte[] payload, int size, int maxBytes) throws BrokenFrame {
    Inflater inflater = INFLATER.get();
    inflater.reset();
    var out = new Output(maxBytes, size * 4L);
    try {
      inflater.setInput(payload, 0, size);
      out.drain(inflater);
      inflater.setInput(TAIL);
      out.drain(inflater);
    } catch (DataFormatException e) {
      throw new BrokenFrame(CloseCode.PROTOCOL_ERROR, "A compressed message cannot be inflated.");
    }
    return out.bytes();
  }

  /** What comes out of an inflater, up to a limit. */
  private static final class Output {
    private final int maxBytes;
    private byte[] bytes;
    private int size;

    /** Holds one byte more than the limit, whose arrival shows that the limit is passed. */
    Output(int maxBytes, long expectedBytes) {
      this.maxBytes = maxBytes;
      this.bytes =
          new byte[(int) Math.min(maxBytes + 1L, Math.max(MIN_OUTPUT_BYTES, expectedBytes))];
    }

    void drain(Inflater inflater) throws DataFormatException, BrokenFrame {
      while (!inflater.finished()) {
        int n = inflater.inflate(bytes, size, bytes.length - size);
        size += n;
        if (size > maxBytes) {
          throw new BrokenFrame(
              CloseCode.TOO_LARGE, "A message may have " + maxBytes + " bytes when inflated.");
        }
        if (size == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes + 1L, bytes.length * 2L));
        } else if (inflater.needsDictionary()) {
          throw new DataFormatException();
        } else if (n == 0) {
          return;
        }
      }
    }

    byte[] bytes() {
      return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
  }
}
