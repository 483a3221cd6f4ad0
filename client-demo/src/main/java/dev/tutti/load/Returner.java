package dev.tutti.load;

import io.netty.bootstrap.Bootstrap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client of a storm: comes with each {@link Wave}, says hello, and where the wave joins rooms
 * asks for what it has missed and checks that it gets just that. When it is turned away it comes
 * again, not before it was told to. Lives on its lane's event loop; the constructor, {@link #come}
 * and {@link #cut} may be called by anyone.
 */
final class Returner implements Wire.Listener, EventScan.Sink {
  /** Before coming again without having been told when; doubles. */
  private static final int PAUSE_MILLIS = 100;

  private static final int MAX_DOUBLINGS = 5;

  private final Lane lane;
  private final Bootstrap bootstrap;
  private final String room;
  private final Commands commands;
  private final Progress progress;

  private @Nullable Target target;
  private @Nullable Wave wave;
  private @Nullable Wire wire;
  private String epoch = "";
  private long lastId;
  private boolean subscribed;
  private boolean arrived;
  private int attempts;

  /** When to come again, as the server said; {@link Scan#NONE} where it did not. */
  private long returnMillis = Scan.NONE;

  Returner(Lane lane, Bootstrap bootstrap, String room) {
    this.lane = lane;
    this.bootstrap = bootstrap;
    this.room = room;
    this.commands = new Commands(room, lane.stamp());
    this.progress = new Progress(lane.tally());
  }

  Lane lane() {
    return lane;
  }

  String room() {
    return room;
  }

  /** Comes to a server, with all the others of the wave. */
  void come(Target to, Wave with) {
    lane.loop()
        .execute(() -> {
          target = to;
          wave = with;
          arrived = false;
          attempts = 0;
          connect(to);
        });
  }

  /** Its connection breaks, and it does not come again by itself. */
  void cut() {
    lane.loop()
        .execute(() -> {
          wave = null;
          if (wire != null) {
            wire.cut();
          }
        });
  }

  private void connect(Target to) {
    subscribed = false;
    returnMillis = Scan.NONE;
    new Wire(to.url(), to.dialect(), lane, this)
        .connect(bootstrap)
        .addListener(done -> {
          if (!done.isSuccess()) {
            again();
          }
        });
  }

  private void again() {
    Wave now = wave;
    Target to = target;
    if (now == null || to == null) {
      return;
    }
    now.turnedAway();
    long pause = PAUSE_MILLIS << Math.min(attempts++, MAX_DOUBLINGS);
    long told = returnMillis == Scan.NONE ? pause : returnMillis;
    long millis = told + ThreadLocalRandom.current().nextLong(pause);
    Runnable coming =
        () -> {
          if (wave == now) {
            connect(to);
          }
        };
    lane.loop().schedule(coming, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void opened(Wire opened) {
    Target to = target;
    if (wave == null || to == null) {
      opened.cut();
      return;
    }
    wire = opened;
    opened.send(Commands.hello(lane.text(), to.token()));
  }

  @Override
  public void drained() {}

  @Override
  public void turnedAway(int retryAfterSeconds) {
    if (retryAfterSeconds > 0) {
      returnMillis = TimeUnit.SECONDS.toMillis(retryAfterSeconds);
    }
  }

  @Override
  public void closed(String why) {
    wire = null;
    if (wave != null && arrived) {
      // It was in, and nobody cut it.
      lane.tally().closed(why);
    } else {
      again();
    }
  }

  @Override
  public void message(byte[] array, int from, int to) {
    Wire by = wire;
    if (by == null) {
      return;
    }
    switch (Kind.of(array, from, to)) {
      case WELCOME -> welcome(by);
      case EVENTS -> lane.scan().walk(array, from, to, false, this);
      case SUBSCRIBED -> subscribed(array, from, to);
      case RESET -> reset(Scan.numberIn(array, from, to, Scan.SEQ));
      case REFUSED -> refused(array, from, to);
      case PING -> by.send(Commands.pong(lane.text()));
      case BYE -> returnMillis = Scan.numberIn(array, from, to, Scan.RETRY);
      case ACCEPTED, UNSUBSCRIBED, OTHER -> {}
    }
  }

  private void welcome(Wire by) {
    Wave now = wave;
    if (now == null) {
      return;
    }
    now.welcome();
    if (now.joins()) {
      subscribe(by);
    } else {
      arrived = true;
    }
  }

  private void subscribe(Wire by) {
    Text text = lane.text();
    by.send(
        epoch.isEmpty()
            ? commands.subscribe(text, ++lastId)
            : commands.resume(text, ++lastId, progress.seq(), epoch));
  }

  private void subscribed(byte[] array, int from, int to) {
    long seq = Scan.numberIn(array, from, to, Scan.SEQ);
    int events = Scan.after(array, from, to, Scan.EVENTS);
    subscribed = true;
    if (events != Scan.NONE) {
      lane.scan().walk(array, events, to, false, this);
      if (progress.seq() != seq) {
        lane.tally().gaps++;
      }
    } else if (epoch.isEmpty()) {
      progress.begin(seq);
    } else {
      progress.reset(seq);
    }
    epoch = Scan.wordIn(array, from, to, Scan.EPOCH);
    check();
  }

  private void reset(long seq) {
    progress.reset(seq);
    check();
  }

  @Override
  public void event(long seq, byte[] array, int at, int to) {
    if (progress.event(seq)) {
      check();
    }
  }

  private void check() {
    Wave now = wave;
    if (now != null && subscribed && !arrived && progress.seq() >= now.head(room)) {
      arrived = true;
      now.arrival();
    }
  }

  /** A room that cannot be read at this moment, or too much at once: it asks again. */
  private void refused(byte[] array, int from, int to) {
    String code = Scan.wordIn(array, from, to, Scan.CODE);
    lane.tally().says(code, Scan.wordIn(array, from, to, Scan.MESSAGE));
    lane.tally().refused(code);
    long millis = Math.max(PAUSE_MILLIS, Scan.numberIn(array, from, to, Scan.RETRY));
    Wire by = wire;
    Runnable asking =
        () -> {
          if (by != null && wire == by) {
            subscribe(by);
            by.flush();
          }
        };
    lane.loop().schedule(asking, millis, TimeUnit.MILLISECONDS);
  }
}
