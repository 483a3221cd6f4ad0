package dev.tutti.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The lanes of a run and the clients on them. Used by the main thread. */
final class Fleet implements AutoCloseable {
  /** Connections that may be opening at one time, so that the server's backlog holds them. */
  private static final int OPENING = 100;

  private static final long OPEN_TIMEOUT_SECONDS = 60;

  private final EventLoopGroup group;
  private final Bootstrap bootstrap;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<LoadClient> clients = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();

  Fleet(List<Target> targets, int threads) {
    this.targets.addAll(targets);
    boolean epoll = Epoll.isAvailable();
    group =
        new MultiThreadIoEventLoopGroup(
            threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    bootstrap =
        new Bootstrap()
            .group(group)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(Lane.READ_BYTES));
    for (int i = 0; i < threads; i++) {
      lanes.add(new Lane(group.next(), i));
    }
  }

  /** For connections beside those of {@link #clients}. */
  Bootstrap bootstrap() {
    return bootstrap;
  }

  /** The servers, by their number in a client's plan. */
  List<Target> targets() {
    return List.copyOf(targets);
  }

  List<Lane> lanes() {
    return lanes;
  }

  List<LoadClient> clients() {
    return clients;
  }

  /** One more server; its number in a client's plan is the answer. */
  int add(Target target) {
    targets.add(target);
    return targets.size() - 1;
  }

  /** A new client on the next lane in turn; not opened yet. */
  LoadClient client(LoadClient.Plan plan) {
    Lane lane = lanes.get(clients.size() % lanes.size());
    LoadClient client = new LoadClient(targets.get(plan.server() % targets.size()), lane, plan);
    clients.add(client);
    return client;
  }

  /** Opens clients, a bounded number at a time, and waits until all are ready. */
  void open(List<LoadClient> opening) throws IOException, InterruptedException {
    Semaphore permits = new Semaphore(OPENING);
    List<CompletableFuture<LoadClient>> all = new ArrayList<>();
    for (LoadClient client : opening) {
      if (!permits.tryAcquire(OPEN_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("no answer in " + OPEN_TIMEOUT_SECONDS + " s");
      }
      all.add(client.open(bootstrap).whenComplete((ready, failed) -> permits.release()));
      if (all.getFirst().isCompletedExceptionally()) {
        break;
      }
    }
    await(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
  }

  /**
   * Opens a connection of another kind.
   *
   * @param failed told on the lane when it cannot be opened
   */
  void connect(Lane lane, Target target, ChannelHandler handler, Consumer<String> failed) {
    bootstrap
        .clone(lane.loop())
        .handler(handler)
        .connect(target.url().getHost(), target.url().getPort())
        .addListener(done -> {
          if (!done.isSuccess()) {
            failed.accept(String.valueOf(done.cause()));
          }
        });
  }

  /** Waits for preparations or openings. */
  static void await(CompletableFuture<?> future) throws IOException, InterruptedException {
    try {
      future.get(OPEN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException e) {
      throw new IOException("no answer in " + OPEN_TIMEOUT_SECONDS + " s", e);
    }
  }

  /** Asks every lane on its own thread, and waits. */
  <T> List<T> ask(Function<Lane, T> question) throws InterruptedException {
    List<Future<T>> answers = new ArrayList<>();
    for (Lane lane : lanes) {
      Callable<T> call = () -> question.apply(lane);
      answers.add(lane.loop().submit(call));
    }
    List<T> all = new ArrayList<>();
    for (Future<T> answer : answers) {
      try {
        all.add(answer.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return all;
  }

  Tally.Lap lap() throws InterruptedException {
    return ask(lane -> lane.tally().lap()).stream()
        .reduce(new Tally.Lap(0, 0, 0, 0), Tally.Lap::plus);
  }

  /** The sum of all lanes' counts. */
  Tally sum() throws InterruptedException {
    return ask(lane -> new Tally().add(lane.tally())).stream().reduce(new Tally(), Tally::add);
  }

  /** Sums up a number over all clients, each asked on its own lane. */
  long total(ToLongFunction<LoadClient> number) throws InterruptedException {
    return ask(lane -> clients.stream().filter(c -> c.lane() == lane).mapToLong(number).sum())
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  @Override
  public void close() {
    for (LoadClient client : clients) {
      client.lane().loop().execute(client::leave);
    }
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
