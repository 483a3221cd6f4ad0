package dev.tutti.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EventScanTest {
  private final EventScan scan = new EventScan();

  private static byte[] frame(List<Long> seqs, List<Integer> paddings) {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < seqs.size(); i++) {
      events
          .append("{\"seq\":" + seqs.get(i) + ",\"pad\":\"")
          .append("x".repeat(paddings.get(i % paddings.size())))
          .append("\"},");
    }
    return Text.ascii("{\"type\":\"events\",\"room\":\"board:x\",\"events\":[" + events + "]}");
  }

  private List<Long> walk(byte[] frame, boolean leap) {
    List<Long> seen = new ArrayList<>();
    scan.walk(frame, 0, frame.length, leap, (seq, array, at, to) -> seen.add(seq));
    return seen;
  }

  /** Teaches the scan that no event is shorter than {@code padding} allows. */
  private void learn(int padding) {
    walk(frame(LongStream.range(1, 1000).boxed().toList(), List.of(padding)), true);
  }

  @Property(tries = 200)
  void leapingSeesWhatReadingSees(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 100, max = 400) Integer> paddings,
      @ForAll @IntRange(min = 1, max = 200) int count) {
    learn(100);
    byte[] frame = frame(LongStream.range(7, 7 + count).boxed().toList(), paddings);
    assertThat(walk(frame, true)).isEqualTo(walk(frame, false)).hasSize(count);
  }

  @Test
  void aGapIsSeenWhileLeaping() {
    learn(100);
    assertThat(walk(frame(List.of(1L, 2L, 4L, 5L), List.of(100)), true))
        .containsExactly(1L, 2L, 4L, 5L);
  }

  @Test
  void aShorterEventThanEverIsNotTakenForAGap() {
    learn(300);
    assertThat(walk(frame(List.of(1L, 2L, 3L), List.of(10, 300)), true))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void aShorterEventThanEverIsSeenAtTheEndToo() {
    learn(300);
    assertThat(walk(frame(List.of(1L, 2L), List.of(10)), true)).containsExactly(1L, 2L);
  }

  @Test
  void aKeyCarriesItsDueTime() {
    Stamp stamp = new Stamp(3);
    Text text = new Text();
    stamp.write(text, 123_456_789_012L);
    assertThat(text.toString())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(Stamp.due(text.array(), 0, text.length())).isEqualTo(123_456_789_012L);
  }

  @Test
  void keysAreAllDifferent() {
    Stamp stamp = new Stamp(0);
    assertThat(
            LongStream.range(0, 1000)
                .mapToObj(i -> {
                  Text text = new Text();
                  stamp.write(text, 5);
                  return text.toString();
                })
                .collect(Collectors.toSet()))
        .hasSize(1000);
  }

  @Test
  void someoneElsesKeyHasNoDueTime() {
    byte[] key = Text.ascii("0192f0c1-0000-7000-0000-000000000005");
    assertThat(Stamp.due(key, 0, key.length)).isEqualTo(Stamp.FOREIGN);
  }
}
