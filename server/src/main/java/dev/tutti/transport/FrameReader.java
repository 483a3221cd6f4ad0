package dev.tutti.transport;

import dev.tutti.protocol.CloseCode;
import io.netty.buffer.ByteBuf;

/**
 * Reads the headers of masked client frames (RFC 6455, section 5.2), byte by byte where they come
 * so, and unmasks payloads. Holds a few numbers and no buffer.
 */
final class FrameReader {
  private enum Part {
    FIRST,
    LENGTH,
    LONGER_LENGTH,
    MASK,
    PAYLOAD
  }

  private Part part = Part.FIRST;

  /** Bytes that the current part still lacks, and what came of it so far. */
  private int lacking;

  private long gathered;

  private int first;
  private int lengthBytes;
  private long length;
  private int mask;

  /** Payload bytes already unmasked: where in the mask the next one stands. */
  private long taken;

  /** Whether a header has been read and its payload has not been taken entirely. */
  boolean inPayload() {
    return part == Part.PAYLOAD;
  }

  boolean fin() {
    return (first & 0x80) != 0;
  }

  boolean compressed() {
    return (first & 0x40) != 0;
  }

  int opcode() {
    return first & 0x0F;
  }

  /** The payload's length as the header says, in bytes. */
  long length() {
    return length;
  }

  /** Payload bytes still to come. */
  long remaining() {
    return length - taken;
  }

  /**
   * Reads on in the header.
   *
   * @param deflate whether the first reserved bit may be set on a message's first frame
   * @return whether the header is complete
   * @throws BrokenFrame 1002 for every header that RFC 6455 forbids
   */
  boolean readHeader(ByteBuf in, boolean deflate) throws BrokenFrame {
    while (in.isReadable()) {
      int b = in.readByte() & 0xFF;
      switch (part) {
        case FIRST -> {
          first = b;
          checkFirst(deflate);
          part = Part.LENGTH;
        }
        case LENGTH -> readLength(b);
        case LONGER_LENGTH -> {
          if (gathered(b)) {
            checkLength(gathered);
            length = gathered;
            expect(Part.MASK, 4);
          }
        }
        case MASK -> {
          if (gathered(b)) {
            mask = (int) gathered;
            taken = 0;
            part = Part.PAYLOAD;
            return true;
          }
        }
        case PAYLOAD -> throw new IllegalStateException("the payload comes first");
      }
    }
    return false;
  }

  /** Takes {@code n} payload bytes, at most {@link #remaining}, unmasked. */
  void takePayload(ByteBuf in, byte[] into, int at, int n) {
    in.readBytes(into, at, n);
    int shifted = Integer.rotateLeft(mask, (int) (taken & 3) * Byte.SIZE);
    Mask.apply(shifted, into, at, at + n);
    taken += n;
  }

  /** Ends the frame, whose payload has been taken entirely. */
  void finish() {
    part = Part.FIRST;
  }

  private void checkFirst(boolean deflate) throws BrokenFrame {
    int reserved = first & 0x70;
    boolean data = opcode() == Opcode.TEXT || opcode() == Opcode.BINARY;
    if (reserved != 0 && !(deflate && data && reserved == 0x40)) {
      throw broken("A reserved bit is set that nothing was agreed for.");
    }
    if (!Opcode.known(opcode())) {
      throw broken("A frame has an unknown opcode.");
    }
    if (Opcode.control(opcode()) && !fin()) {
      throw broken("A control frame is fragmented.");
    }
  }

  private void readLength(int b) throws BrokenFrame {
    if ((b & 0x80) == 0) {
      throw broken("A client's frame is not masked.");
    }
    int seven = b & 0x7F;
    if (Opcode.control(opcode()) && seven > 125) {
      throw broken("A control frame is longer than 125 bytes.");
    }
    if (seven < 126) {
      length = seven;
      expect(Part.MASK, 4);
    } else {
      lengthBytes = seven == 126 ? 2 : 8;
      expect(Part.LONGER_LENGTH, lengthBytes);
    }
  }

  private void checkLength(long value) throws BrokenFrame {
    if (value < 0) {
      throw broken("A frame's length is negative.");
    }
    if (value < 126 || (lengthBytes == 8 && value <= 0xFFFF)) {
      throw broken("A frame's length is not written in the shortest form.");
    }
  }

  private void expect(Part next, int bytes) {
    part = next;
    lacking = bytes;
    gathered = 0;
  }

  private boolean gathered(int b) {
    gathered = gathered << Byte.SIZE | b;
    return --lacking == 0;
  }

  private static BrokenFrame broken(String sentence) {
    return new BrokenFrame(CloseCode.PROTOCOL_ERROR, sentence);
  }
}
