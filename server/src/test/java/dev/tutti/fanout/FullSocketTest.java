package dev.tutti.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.RoomName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made for a socket that takes nothing: nothing. */
class FullSocketTest {
  private final List<Frame> written = new ArrayList<>();
  private boolean writable;

  private final Outlet outlet =
      new Outlet() {
        @Override
        public Format format() {
          return Format.JSON;
        }

        @Override
        public boolean writable() {
          return writable;
        }

        @Override
        public void write(Frame frame) {
          written.add(frame);
        }

        @Override
        public void flush() {}
      };

  private final Reader.Wants wants =
      new Reader.Wants() {
        @Override
        public void catchUp(Reader reader, long sent, boolean joined) {}

        @Override
        public void arrived(Reader reader, long seq) {}
      };

  @Test
  void noDocumentIsMadeUntilTheSocketTakesIt() {
    var loop =
        new LoopFanout(
            Runnable::run, (format, payload, id) -> () -> {}, new Codecs(Limits.DEFAULTS));
    var room = new LoopRoom(loop, new RoomName("board:big"));
    var reader = new Reader(outlet, wants, 0);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      room.bring(
          reader,
          "life",
          Reader.NOTHING,
          1,
          () -> {
            made.add("document");
            return List.of(new byte[1]);
          });
    }
    assertThat(made).isEmpty();
    writable = true;
    room.bring(
        reader,
        "life",
        Reader.NOTHING,
        1,
        () -> {
          made.add("document");
          return List.of(new byte[1]);
        });
    assertThat(made).hasSize(1);
    assertThat(written).hasSize(1);
    assertThat(reader.live()).isTrue();
  }
}
