package dev.tutti.sources;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Asks once: the name is looked up, its addresses are looked at, and those very addresses are
 * connected to, with the name in Host, SNI and the certificate: the next one where one refuses or
 * says nothing. No redirect is followed, an answer has 1 MiB at most, and all of it takes as long
 * as it is given. Its failures say nothing that was sent.
 */
final class Fetch implements AutoCloseable {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int OK = 200;

  /** The longest that an address is waited for while there is another (RFC 8305, section 8). */
  private static final Duration MOST_BEFORE_THE_NEXT = Duration.ofSeconds(2);

  private final Addresses addresses;
  private final Duration limit;
  private final SslContext tls;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, Thread.ofPlatform().name("sources").daemon().factory(), NioIoHandler.newFactory());

  /** What came of it. */
  sealed interface Answer {
    record Body(String text) implements Answer {}

    /**
     * @param sentence for the operator
     */
    record Failed(String sentence) implements Answer {}
  }

  /**
   * @param limit of one question, from the look-up to the last byte
   */
  Fetch(Addresses addresses, Duration limit) {
    this.addresses = addresses;
    this.limit = limit;
    try {
      this.tls = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS").build();
    } catch (SSLException e) {
      throw new IllegalStateException("This Java has no TLS.", e);
    }
  }

  /** Asks. The answer comes on any thread, within the limit, and never fails. */
  CompletableFuture<Answer> get(Source source) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    answer.completeOnTimeout(
        new Answer.Failed("it took longer than " + limit.toMillis() + " ms."),
        limit.toMillis(),
        TimeUnit.MILLISECONDS);
    // A look-up blocks, and for as long as it likes.
    Thread.ofVirtual().name("source-lookup").start(() -> ask(source, answer));
    return answer;
  }

  private void ask(Source source, CompletableFuture<Answer> answer) {
    try {
      long end = System.nanoTime() + limit.toNanos();
      List<InetAddress> found = addresses.of(source.url().getHost());
      if (found.isEmpty()) {
        answer.complete(
            new Answer.Failed(
                "an address of its host is not of the open internet, and not listed in"
                    + " \"allow\"."));
      } else {
        connect(source, found, end, answer);
      }
    } catch (UnknownHostException e) {
      answer.complete(new Answer.Failed("its host is not known."));
    } catch (RuntimeException e) { // Whatever it is, it must not stay without an answer.
      answer.complete(new Answer.Failed("it cannot be asked."));
    }
  }

  /**
   * To the first of them, and where that cannot be, to the rest. On the look-up's thread, then on
   * the loop's.
   *
   * @param end of all of it, as {@link System#nanoTime} counts
   */
  private void connect(
      Source source, List<InetAddress> left, long end, CompletableFuture<Answer> answer) {
    if (answer.isDone()) {
      return;
    }
    URI url = source.url();
    boolean secure = url.getScheme().equals("https");
    int usual = secure ? HTTPS_PORT : HTTP_PORT;
    int port = url.getPort() < 0 ? usual : url.getPort();
    var connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patienceMillis(left.size(), end))
            .handler(pipeline(source, secure, port, answer))
            .connect(new InetSocketAddress(left.getFirst(), port));
    connecting.addListener(done -> {
      if (done.isSuccess()) {
        return;
      }
      if (left.size() > 1) {
        connect(source, left.subList(1, left.size()), end, answer);
      } else {
        answer.complete(new Answer.Failed("it cannot be connected to."));
      }
    });
    answer.whenComplete((done, failure) -> connecting.channel().close());
  }

  /** What is left of the time is for all that are left; the last one may have it all. */
  private static int patienceMillis(int left, long end) {
    long share = Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis() / left);
    return Math.toIntExact(left == 1 ? share : Math.min(share, MOST_BEFORE_THE_NEXT.toMillis()));
  }

  private ChannelInitializer<SocketChannel> pipeline(
      Source source, boolean secure, int port, CompletableFuture<Answer> answer) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        if (secure) {
          channel.pipeline().addLast(tls.newHandler(channel.alloc(), source.url().getHost(), port));
        }
        channel
            .pipeline()
            .addLast(new HttpClientCodec())
            .addLast(new HttpObjectAggregator(MAX_BYTES))
            .addLast(new Asking(source, answer));
      }
    };
  }

  /** The request, and what comes back. */
  private static final class Asking extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final Source source;
    private final CompletableFuture<Answer> answer;

    Asking(Source source, CompletableFuture<Answer> answer) {
      this.source = source;
      this.answer = answer;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      URI url = source.url();
      String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
      var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path + query);
      request.headers().set(HttpHeaderNames.ACCEPT, "application/json");
      request.headers().set(HttpHeaderNames.USER_AGENT, "tutti");
      source.headers().values().forEach(request.headers()::set);
      String host = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
      request.headers().set(HttpHeaderNames.HOST, host);
      request.headers().set(HttpHeaderNames.CONNECTION, "close");
      context.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      int status = response.status().code();
      if (status == OK && response.decoderResult().isSuccess()) {
        answer.complete(new Answer.Body(response.content().toString(StandardCharsets.UTF_8)));
      } else if (status >= 300 && status < 400) {
        answer.complete(new Answer.Failed("it answered " + status + ", which is not followed."));
      } else {
        answer.complete(new Answer.Failed("it answered " + status + "."));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answer.complete(new Answer.Failed("it ended before its answer did."));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // Its words may quote what was sent or received.
      boolean large = cause instanceof TooLongFrameException;
      boolean broken = cause instanceof IOException;
      answer.complete(
          new Answer.Failed(
              large
                  ? "its answer is over 1 MiB."
                  : broken ? "the connection broke." : "its answer cannot be read."));
      context.close();
    }
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
