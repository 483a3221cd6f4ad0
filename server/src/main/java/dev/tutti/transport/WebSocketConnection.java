package dev.tutti.transport;

import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.session.Inbound;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket behind its handshake: the only handler that is left in its pipeline.
 *
 * <pre>
 *  state     what ends it                              then
 *  OPEN      the server closes: bye and close frame    CLOSING
 *            the peer's close frame: answered          DONE, closed once it is sent
 *            a frame that breaks the rules: close      DONE, closed for writing once it is sent
 *  CLOSING   the peer's close frame, or broken frames  DONE, closed
 *  any       the socket's end, or closeMillis          gone
 * </pre>
 *
 * So exactly one close frame is ever sent. In DONE whatever comes is thrown away; reading it keeps
 * the kernel from resetting the connection before the peer has seen why it ended.
 */
final class WebSocketConnection extends SocketConnection implements MessageReader.Receiver {
  private enum State {
    OPEN,
    CLOSING,
    DONE
  }

  private final Dialect dialect;
  private final MessageReader reader;
  private State state = State.OPEN;

  /** Whether the session wants messages. */
  private boolean reading = true;

  /** Bytes that came while nobody wanted them: at most what one read brings. */
  private @Nullable ByteBuf held;

  /** Guards against reading inside of reading, when a session turns it off and on again. */
  private boolean consuming;

  /** Whether something was written while reading that nobody else flushes. */
  private boolean answered;

  /** Whether the last message came in a binary frame. */
  private boolean binary;

  WebSocketConnection(Wiring wiring, Dialect dialect, boolean deflate, InetAddress client) {
    super(wiring, dialect.format(deflate), client);
    this.dialect = dialect;
    this.reader = new MessageReader(dialect, deflate, wiring.config().limits());
  }

  /** The handshake's answer is written: tell the session, then read what came behind it. */
  void opened() {
    attach(wiring.gateway().opened(this));
    consume();
  }

  @Override
  public Codec codec() {
    return dialect.codec();
  }

  boolean lastWasBinary() {
    return binary;
  }

  @Override
  public void reading(boolean on) {
    reading = on;
    if (open()) {
      channel().config().setAutoRead(on);
      consume();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object msg) {
    if (state == State.DONE || !(msg instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(msg);
      return;
    }
    held =
        held == null
            ? bytes
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), held, bytes);
    consume();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (answered) {
      answered = false;
      context.flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    state = State.DONE;
    releaseHeld();
    super.channelInactive(context);
  }

  private void consume() {
    if (consuming || held == null || inbound() == null) {
      return;
    }
    consuming = true;
    try {
      reader.read(held, this);
    } catch (BrokenFrame e) {
      broken(e);
    } catch (RuntimeException e) {
      failed(e);
    } finally {
      consuming = false;
    }
    if (state == State.DONE || (held != null && !held.isReadable())) {
      releaseHeld();
    }
  }

  private void releaseHeld() {
    if (held != null && !consuming) {
      held.release();
      held = null;
    }
  }

  @Override
  public boolean receptive() {
    return switch (state) {
      case OPEN -> reading;
      case CLOSING -> true;
      case DONE -> false;
    };
  }

  @Override
  public void message(boolean inBinary, byte[] payload) {
    Inbound session = inbound();
    if (state == State.OPEN && session != null) {
      binary = inBinary;
      session.received(payload);
    }
  }

  /** A peer that does not read gets no pongs either: it may ask for them without end. */
  @Override
  public void ping(byte[] payload) {
    if (writable()) {
      send(SocketFraming.webSocket(Opcode.PONG, payload));
      answered = true;
    }
  }

  @Override
  public void closing(int code) {
    if (state == State.CLOSING) {
      end();
    } else if (state == State.OPEN) {
      PeerClose how = PeerClose.of(code);
      left(how);
      state = State.DONE;
      closeSoon();
      int answer = how == PeerClose.NO_CODE ? CloseCode.NORMAL.code() : code;
      ctx().writeAndFlush(CloseFrame.write(answer, "")).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  PeerClose ended() {
    return PeerClose.LOST;
  }

  @Override
  void sayBye(ServerMessage.Bye bye) {
    write(bye);
    if (!open()) {
      return; // too much waited already: it was dropped
    }
    shut();
    state = State.CLOSING;
    closeSoon();
    ctx().writeAndFlush(CloseFrame.write(bye.code(), bye.reason()), ctx().voidPromise());
  }

  private void broken(BrokenFrame why) {
    if (state == State.CLOSING) {
      end();
      return;
    }
    wiring.counts().closed().increment(why.code());
    shut();
    state = State.DONE;
    closeSoon();
    ctx()
        .writeAndFlush(CloseFrame.write(why.code().code(), why.sentence()))
        .addListener(sent -> ((DuplexChannel) channel()).shutdownOutput());
  }

  private void end() {
    state = State.DONE;
    drop();
  }
}
