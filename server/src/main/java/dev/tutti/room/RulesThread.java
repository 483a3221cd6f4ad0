package dev.tutti.room;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which the rules of one room type run that did not come with the server. They have a
 * budget of the processor's time for each command, and some patience where they wait. Java cannot
 * end a thread against its will: one that is over the budget is interrupted and left behind, its
 * command is refused, and another thread goes on with what waits. When {@value #MAX_LOST} were left
 * behind and are still running, the type takes no commands until one of them comes to an end.
 *
 * <p>Rooms give work from their own threads, at most one round each; {@link RulesWatch} looks at
 * the clock.
 */
final class RulesThread implements Deciding {
  private static final Logger log = LoggerFactory.getLogger(RulesThread.class);

  /** Each may keep a core busy. */
  private static final int MAX_LOST = 3;

  /** How many budgets of time may pass at one command while its thread waits for something. */
  private static final int MAX_WAITING = 5;

  private static final int SHOWN_FRAMES = 12;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final String type;
  private final Duration budget;
  private final RulesCounts counts;
  private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
  private Worker worker;
  private int lost;
  private boolean closed;

  RulesThread(String type, Duration budget, RulesCounts counts) {
    this.type = type;
    this.budget = budget;
    this.counts = counts;
    this.worker = new Worker();
    worker.thread.start();
  }

  /**
   * A piece of work; either it ends, or it is given up.
   *
   * @param over set by whichever comes first
   */
  private record Work(
      Runnable task, Clock clock, Runnable end, Runnable givenUp, AtomicBoolean over) {
    Work(Runnable task, Clock clock, Runnable end, Runnable givenUp) {
      this(task, clock, end, givenUp, new AtomicBoolean());
    }

    void run() {
      try {
        task.run();
      } finally {
        if (over.compareAndSet(false, true)) {
          end.run();
        }
      }
    }

    boolean giveUp() {
      return over.compareAndSet(false, true);
    }
  }

  /** Tells when the rules began with their present command. */
  interface Clock {
    /** Null before the first. */
    @Nullable Beginning beginning();
  }

  /**
   * When something began, by the wall and by what its thread had used of the processor; a busy
   * machine must not look like slow rules.
   */
  record Beginning(long wallNanos, long processorNanos) {
    /** Now, on the thread that asks. */
    static Beginning now() {
      return new Beginning(System.nanoTime(), THREADS.getCurrentThreadCpuTime());
    }

    boolean isOver(Duration budget, Thread thread) {
      return THREADS.getThreadCpuTime(thread.threadId()) - processorNanos > budget.toNanos()
          || System.nanoTime() - wallNanos > MAX_WAITING * budget.toNanos();
    }
  }

  @Override
  public void decide(Round round, Home home, Consumer<Round> then) {
    if (isStuck()) {
      home.execute(() -> then.accept(round.refusingAll(Failed.stuck(type))));
      return;
    }
    queue.add(
        new Work(
            round::decide,
            round,
            () -> home.execute(() -> then.accept(round)),
            () -> {
              Round instead = round.refusingAtWork(Failed.overBudget(budget));
              home.execute(() -> then.accept(instead));
            }));
  }

  @Override
  public <T> CompletableFuture<T> ask(Supplier<T> question, T otherwise) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (isStuck()) {
      answer.complete(otherwise);
      return answer;
    }
    Asked asked = new Asked();
    queue.add(
        new Work(
            () -> {
              asked.beginning = Beginning.now();
              answer.complete(question.get());
            },
            asked,
            () -> answer.complete(otherwise),
            () -> answer.complete(otherwise)));
    return answer;
  }

  private static final class Asked implements Clock {
    private volatile @Nullable Beginning beginning;

    @Override
    public @Nullable Beginning beginning() {
      return beginning;
    }
  }

  private synchronized boolean isStuck() {
    return lost >= MAX_LOST;
  }

  /** Leaves the thread behind if it has been at one command for too long. */
  synchronized void look() {
    Work work = worker.work;
    Beginning begun = work == null ? null : work.clock().beginning();
    if (work == null
        || begun == null
        || closed
        || !begun.isOver(budget, worker.thread)
        || !work.giveUp()) {
      return;
    }
    lost++;
    counts.overruns().increment();
    Worker late = worker;
    late.lost = true;
    log.error(
        "The rules of {} took over {} ms for one command, which is refused; {} of {} threads are"
            + " left behind. They are at:\n  {}",
        type,
        budget.toMillis(),
        lost,
        MAX_LOST,
        late.where());
    worker = new Worker();
    worker.thread.start();
    late.thread.interrupt();
    work.givenUp().run();
    if (lost >= MAX_LOST) {
      refuseWaiting();
    }
  }

  /** What waits is given up as well: it would wait for threads that may never come back. */
  private void refuseWaiting() {
    log.error("Rooms of type {} take no commands until one of these threads ends.", type);
    for (Work waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
      if (waiting.giveUp()) {
        waiting.givenUp().run();
      }
    }
  }

  private synchronized void cameBack() {
    lost--;
    log.warn("A thread of the rules of {} that was left behind has ended.", type);
  }

  synchronized void close() {
    closed = true;
    worker.thread.interrupt();
  }

  private final class Worker implements Runnable {
    private final Thread thread =
        Thread.ofPlatform().daemon().name("rules-" + type).unstarted(this);

    private volatile @Nullable Work work;
    private volatile boolean lost;

    @Override
    public void run() {
      try {
        while (!lost) {
          Work next = queue.take();
          work = next;
          try {
            next.run();
          } catch (Throwable e) {
            log.error("The rules of {} failed.", type, e);
          }
          work = null;
        }
        cameBack();
      } catch (InterruptedException e) {
        if (lost) {
          cameBack();
        }
      }
    }

    String where() {
      return String.join(
          "\n  ",
          Arrays.stream(thread.getStackTrace())
              .limit(SHOWN_FRAMES)
              .map(StackTraceElement::toString)
              .toList());
    }
  }
}
