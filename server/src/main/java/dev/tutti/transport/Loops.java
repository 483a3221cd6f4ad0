package dev.tutti.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The event loops: a few threads that carry every socket, and every room beside them. Made by
 * {@code Main}, which hands them to the transport and to the rooms; closed after both. Safe on any
 * thread.
 */
public final class Loops implements AutoCloseable {
  /** How long {@link #close} lets tasks that are already queued run. */
  private static final long CLOSE_SECONDS = 5;

  private final MultiThreadIoEventLoopGroup group;
  private final boolean epoll;

  private Loops(int count, boolean epoll) {
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("loop"), io);
    this.epoll = epoll;
  }

  /**
   * Starts {@code count} loops, on epoll where the platform has it.
   *
   * @param count at least 1; as many as processors is the best choice in most cases
   */
  public static Loops start(int count) {
    return new Loops(count, Epoll.isAvailable());
  }

  /**
   * One executor for each loop, which is one thread: always the same objects, and the same that
   * {@link dev.tutti.session.Connection#loop} answers.
   */
  public List<ScheduledExecutorService> executors() {
    return List.copyOf(eventLoops());
  }

  MultiThreadIoEventLoopGroup group() {
    return group;
  }

  boolean epoll() {
    return epoll;
  }

  List<EventLoop> eventLoops() {
    var loops = new ArrayList<EventLoop>();
    for (EventExecutor loop : group) {
      loops.add((EventLoop) loop);
    }
    return loops;
  }

  /** Runs what is queued, then ends the threads. Call it from another thread than a loop. */
  @Override
  public void close() {
    group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
