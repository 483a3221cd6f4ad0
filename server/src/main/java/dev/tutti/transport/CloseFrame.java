package dev.tutti.transport;

import dev.tutti.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The payload of a close frame (RFC 6455, section 5.5.1): a code and a sentence, or nothing. */
final class CloseFrame {
  private static final int MAX_REASON_BYTES = 123;

  private CloseFrame() {}

  /** A whole close frame; a reason that is too long is cut. */
  static ByteBuf write(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, MAX_REASON_BYTES);
    while (length > 0 && length < text.length && (text[length] & 0xC0) == 0x80) {
      length--; // not in the middle of a character
    }
    byte[] payload = new byte[2 + length];
    payload[0] = (byte) (code >> Byte.SIZE);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, length);
    return SocketFraming.webSocket(Opcode.CLOSE, payload);
  }

  /**
   * The code in a peer's close frame; 1005 where it gave none.
   *
   * @throws BrokenFrame 1002 for a code that may not be sent, 1007 for a reason that is not UTF-8
   */
  static int read(byte[] payload) throws BrokenFrame {
    if (payload.length == 0) {
      return PeerClose.NO_CODE.code();
    }
    int code = payload.length == 1 ? 0 : (payload[0] & 0xFF) << Byte.SIZE | (payload[1] & 0xFF);
    if (!mayBeSent(code)) {
      throw new BrokenFrame(
          CloseCode.PROTOCOL_ERROR, "A close frame has a code that may not be sent.");
    }
    byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
    var utf8 = new Utf8();
    if (!utf8.accepts(reason, 0, reason.length) || !utf8.complete()) {
      throw new BrokenFrame(CloseCode.BAD_UTF8, "A close frame's reason is not UTF-8.");
    }
    return code;
  }

  /** RFC 6455, section 7.4, and the IANA registry: some codes are for programs, not for wires. */
  private static boolean mayBeSent(int code) {
    return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
        || (code >= 3000 && code <= 4999);
  }
}
