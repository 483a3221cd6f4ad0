package dev.tutti.rules.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RankTest {
  @Test
  void theFirstRankIsInTheMiddle() {
    assertThat(Rank.between(null, null)).isEqualTo("V");
  }

  @Test
  void goingOnAtEitherEndStaysShort() {
    String last = Rank.between(null, null);
    String first = last;
    boolean inOrder = true;
    for (int i = 0; i < 100_000; i++) {
      String next = Rank.between(last, null);
      String before = Rank.between(null, first);
      inOrder &= next.compareTo(last) > 0 && before.compareTo(first) < 0;
      last = next;
      first = before;
    }
    assertThat(inOrder).isTrue();
    assertThat(last).hasSizeLessThanOrEqualTo(3);
    assertThat(first).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void thereIsRoomBeyondTheLastStep() {
    String last = "zzz";
    String first = "001";
    for (int i = 0; i < 100; i++) {
      String next = Rank.between(last, null);
      assertThat(next).isGreaterThan(last).doesNotEndWith("0");
      last = next;
      String before = Rank.between(null, first);
      assertThat(before).isLessThan(first).doesNotEndWith("0").isNotEmpty();
      first = before;
    }
  }

  @Test
  void whatIsNotInOrderIsRefused() {
    assertThatThrownBy(() -> Rank.between("V", "V")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Rank.between("W", "V")).isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300)
  void aRankBetweenTwoIsStrictlyBetweenThemWhereverItIsPut(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> ranks = new ArrayList<>();
    int favourite = random.nextInt(3);
    for (int i = 0; i < 200; i++) {
      int at =
          switch (favourite) {
            case 0 -> random.nextInt(ranks.size() + 1);
            case 1 -> Math.min(1, ranks.size());
            default -> Math.max(0, ranks.size() - 1);
          };
      String low = at == 0 ? null : ranks.get(at - 1);
      String high = at == ranks.size() ? null : ranks.get(at);
      String rank = Rank.between(low, high);
      assertThat(low == null || low.compareTo(rank) < 0).isTrue();
      assertThat(high == null || rank.compareTo(high) < 0).isTrue();
      assertThat(rank).matches("[0-9A-Za-z]*[1-9A-Za-z]");
      ranks.add(at, rank);
    }
  }

  @Property(tries = 50)
  void spreadRanksAreInOrderWithRoomEverywhere(@ForAll @IntRange(min = 0, max = 10_000) int size) {
    List<String> ranks = Rank.spread(size);
    assertThat(ranks).hasSize(size).isSorted().doesNotHaveDuplicates();
    for (int i = 1; i < size; i++) {
      assertThat(Rank.between(ranks.get(i - 1), ranks.get(i))).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void insertingAtTheSamePlaceGrowsSlowly() {
    String low = Rank.between(null, null);
    String high = Rank.between(low, null);
    for (int i = 0; i < 100; i++) {
      high = Rank.between(low, high);
    }
    assertThat(high).hasSizeLessThanOrEqualTo(Rank.MAX_CHARS);
    for (int i = 0; i < 200; i++) {
      high = Rank.between(low, high);
    }
    assertThat(high.length()).isGreaterThan(Rank.MAX_CHARS);
  }
}
