package dev.tutti.load;

import io.netty.bootstrap.Bootstrap;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One connection's conversation in one room: says hello, subscribes, numbers its commands, and
 * checks that the room's events come without a gap or a repeat. Lives on its lane's event loop; the
 * constructor, {@link #open} and {@link #ready} may be called by anyone.
 */
final class LoadClient implements Wire.Listener, EventScan.Sink {
  private final Target target;
  private final Lane lane;
  private final Plan plan;
  private final Commands commands;
  private final CompletableFuture<LoadClient> ready = new CompletableFuture<>();
  private final InFlight inFlight;
  private final Progress progress;

  private @Nullable Wire wire;
  private @Nullable Source source;
  private boolean subscribed;
  private boolean leaving;
  private String bye = "";

  /**
   * What a client is there for.
   *
   * @param number its number in the run
   * @param subscribe whether it subscribes before it is {@link #ready}
   * @param sampleEvery of one in so many events it tells how long they took; 0 for none, else a
   *     power of two
   * @param window commands that it has unanswered at most
   * @param server which of the servers it connects to, counted over and over; on any but the first
   *     it is elsewhere
   */
  record Plan(int number, String room, boolean subscribe, int sampleEvery, int window, int server) {
    /** A client of the first server. */
    Plan(int number, String room, boolean subscribe, int sampleEvery, int window) {
      this(number, room, subscribe, sampleEvery, window, 0);
    }
  }

  LoadClient(Target target, Lane lane, Plan plan) {
    this.target = target;
    this.lane = lane;
    this.plan = plan;
    this.commands = new Commands(plan.room(), lane.stamp());
    this.inFlight = new InFlight(plan.window());
    this.progress = new Progress(lane.tally());
  }

  /** Connects. The answer completes when the client is welcome and, if planned, subscribed. */
  CompletableFuture<LoadClient> open(Bootstrap bootstrap) {
    Wire opening = new Wire(target.url(), target.dialect(), lane, this);
    opening
        .connect(bootstrap)
        .addListener(done -> {
          if (!done.isSuccess()) {
            ready.completeExceptionally(done.cause());
          }
        });
    return ready;
  }

  CompletableFuture<LoadClient> ready() {
    return ready;
  }

  Lane lane() {
    return lane;
  }

  Plan plan() {
    return plan;
  }

  Commands commands() {
    return commands;
  }

  /** The number of the last event that was seen in order. */
  long lastSeq() {
    return progress.seq();
  }

  /** Commands that were due and are not answered. */
  int unanswered() {
    return inFlight.count() + (source == null ? 0 : source.waiting());
  }

  void source(Source source) {
    this.source = source;
  }

  boolean windowOpen() {
    return wire != null && inFlight.open();
  }

  /** Writes a command's text into the line that it is given. */
  interface Command {
    Text write(Text text, long id, long dueNanos);
  }

  /** Sends a command at the next {@link #flush}; the window must be open. Returns its id. */
  long send(Command command, long dueNanos) {
    long id = inFlight.begin(dueNanos);
    write(command.write(lane.text(), id, dueNanos));
    lane.tally().sent++;
    return id;
  }

  void subscribe() {
    write(commands.subscribe(lane.text(), inFlight.begin(Stamp.now())));
  }

  void unsubscribe() {
    subscribed = false;
    write(commands.unsubscribe(lane.text(), inFlight.begin(Stamp.now())));
  }

  void flush() {
    if (wire != null) {
      wire.flush();
    }
  }

  /** Reads nothing from its socket from now on. */
  void stall() {
    if (wire != null) {
      wire.reading(false);
    }
  }

  /** Reads what has come meanwhile, and goes on. */
  void readOn() {
    if (wire != null) {
      wire.reading(true);
    }
  }

  /** Closes without that being counted as a loss. */
  void leave() {
    leaving = true;
    if (wire != null) {
      wire.close();
    }
  }

  private void write(Text json) {
    if (wire != null) {
      wire.send(json);
    }
  }

  @Override
  public void opened(Wire wire) {
    this.wire = wire;
    write(Commands.hello(lane.text(), target.token()));
  }

  @Override
  public void drained() {
    if (source != null) {
      source.more();
    }
  }

  @Override
  public void closed(String why) {
    String reason = bye.isEmpty() ? why : why + ": " + bye;
    wire = null;
    if (!leaving) {
      lane.tally().closed(reason);
    }
    ready.completeExceptionally(new IOException(reason));
  }

  @Override
  public void message(byte[] array, int from, int to) {
    switch (Kind.of(array, from, to)) {
      case EVENTS -> events(array, from, to);
      case ACCEPTED -> accepted(array, from, to);
      case WELCOME -> welcome();
      case SUBSCRIBED -> subscribed(array, from, to);
      case UNSUBSCRIBED -> inFlight.end(Scan.numberIn(array, from, to, Scan.ID));
      case REFUSED -> refused(array, from, to);
      case RESET -> progress.reset(Scan.numberIn(array, from, to, Scan.SEQ));
      case PING -> write(Commands.pong(lane.text()));
      case BYE -> bye = Scan.wordIn(array, from, to, Scan.REASON);
      case OTHER -> {}
    }
  }

  private void welcome() {
    if (plan.subscribe()) {
      subscribe();
    } else {
      ready.complete(this);
    }
  }

  private void subscribed(byte[] array, int from, int to) {
    inFlight.end(Scan.numberIn(array, from, to, Scan.ID));
    progress.begin(Scan.numberIn(array, from, to, Scan.SEQ));
    subscribed = true;
    ready.complete(this);
    if (source != null) {
      source.subscribed();
    }
  }

  private void events(byte[] array, int from, int to) {
    if (subscribed) {
      boolean leap = plan.number() % EventScan.THOROUGH != 0;
      lane.scan().walk(array, from, to, leap, this);
    }
  }

  @Override
  public void event(long seq, byte[] array, int at, int to) {
    if (!progress.event(seq)) {
      return;
    }
    int every = plan.sampleEvery();
    if (every > 0 && (seq & (every - 1)) == (plan.number() & (every - 1))) {
      int key = Scan.after(array, at, to, Scan.KEY);
      long dueNanos = key == Scan.NONE ? Stamp.FOREIGN : Stamp.due(array, key, to);
      if (dueNanos != Stamp.FOREIGN) {
        lane.tally().seen(dueNanos, plan.server() != 0);
      }
    }
  }

  private void accepted(byte[] array, int from, int to) {
    long id = Scan.numberIn(array, from, to, Scan.ID);
    long dueNanos = inFlight.end(id);
    Tally tally = lane.tally();
    if (dueNanos == Scan.NONE || source == null) {
      tally.answersToNothing++;
      return;
    }
    if (subscribed && Scan.numberIn(array, from, to, Scan.SEQ) > progress.seq()) {
      tally.acceptedBeforeEvent++;
    }
    source.accepted(id, dueNanos);
  }

  private void refused(byte[] array, int from, int to) {
    long id = Scan.numberIn(array, from, to, Scan.ID);
    String code = Scan.wordIn(array, from, to, Scan.CODE);
    String sentence = Scan.wordIn(array, from, to, Scan.MESSAGE);
    lane.tally().says(code, sentence);
    long dueNanos = inFlight.end(id);
    if (!ready.isDone()) {
      ready.completeExceptionally(new IOException("refused, " + code + ": " + sentence));
    } else if (source != null && dueNanos != Scan.NONE) {
      source.refused(id, dueNanos, code, Scan.numberIn(array, from, to, Scan.RETRY));
    } else {
      lane.tally().refused(code);
    }
  }
}
