package dev.tutti.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What fails for one keeps nothing from the others, and nothing that was borrowed is kept. */
class BrokenSocketTest {
  private static final RoomName ROOM = new RoomName("board:busy");

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final AtomicInteger held = new AtomicInteger();
  private final List<String> told = new ArrayList<>();
  private final LoopFanout loop =
      new LoopFanout(tasks::add, (format, payload, id) -> frame(), new Codecs(Limits.DEFAULTS));
  private final LoopRoom room = new LoopRoom(loop, ROOM);

  @Test
  void oneSocketThatFailsKeepsNoEventFromTheOthers() {
    var broken = new Socket("broken");
    var brokenReader = join(broken);
    var reader = join(new Socket("whole"));
    told.clear();
    broken.fails = true;
    room.events(List.of(event(1)));
    loop.answer(() -> told.add("answer"));
    run();
    assertThat(told).containsExactly("broken asks for -1", "whole gets", "answer", "whole leaves");
    assertThat(brokenReader.live()).isFalse();
    told.clear();
    room.events(List.of(event(2)));
    run();
    assertThat(told).containsExactly("whole gets", "whole leaves");
    assertThat(reader.sent()).isEqualTo(2);
    assertThat(held).hasValue(0);
  }

  @Test
  void oneSocketThatFailsKeepsNothingThatMayBeLostFromTheOthersEither() {
    var broken = new Socket("broken");
    join(broken);
    join(new Socket("whole"));
    told.clear();
    broken.fails = true;
    room.passing(new ServerMessage.Ping());
    run();
    assertThat(told).containsExactly("whole gets", "whole leaves");
    assertThat(held).hasValue(0);
  }

  @Test
  void whatIsBroughtToASocketThatFailsIsGivenBack() {
    var broken = new Socket("broken");
    broken.fails = true;
    join(broken);
    assertThat(held).hasValue(0);
  }

  @Test
  void aTaskWithoutEndTakesNoOtherWithItAndIsDoneOnce() {
    join(new Socket("whole"));
    told.clear();
    loop.answer(() -> {
      told.add("endless");
      throw new StackOverflowError();
    });
    loop.answer(() -> told.add("answer"));
    run();
    loop.answer(() -> told.add("next"));
    run();
    assertThat(told).containsExactly("endless", "answer", "next");
  }

  private Reader join(Socket socket) {
    var reader = new Reader(socket, socket, 0);
    room.bring(reader, "life", Reader.NOTHING, 0, () -> List.of(new byte[1]));
    run();
    return reader;
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }

  private static EncodedEvent event(long seq) {
    return EncodedEvent.of(seq, "ticket.moved", "ana", Instant.EPOCH, new UUID(0, seq), "{}");
  }

  private Frame frame() {
    held.incrementAndGet();
    return held::decrementAndGet;
  }

  private final class Socket implements Outlet, Reader.Wants {
    private final String name;
    private boolean fails;

    Socket(String name) {
      this.name = name;
    }

    @Override
    public Format format() {
      return Format.JSON;
    }

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public void write(Frame frame) {
      if (fails) {
        throw new IllegalStateException("broken");
      }
      told.add(name + " gets");
    }

    @Override
    public void flush() {
      told.add(name + " leaves");
    }

    @Override
    public void catchUp(Reader reader, long sent, boolean joined) {
      told.add(name + " asks for " + sent);
    }

    @Override
    public void arrived(Reader reader, long seq) {}
  }
}
