package dev.tutti.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What becomes of a drag on its way to the screen of somebody else, stage by stage, and beside it,
 * between the same two pages and as often, of a text that a {@link PlainRelay} hands on.
 */
final class DragStages implements AutoCloseable {
  /** Drags before those that count, while browser and server still compile. */
  private static final int WARM_UP = 20;

  /** The last drag has landed, so that the card is where it seems to be. */
  private static final String STILL =
      "() => !document.querySelector('.ghost') && document.getAnimations().length === 0";

  private static final String SCRIPT = script();

  private final PlainRelay relay = new PlainRelay();
  private final BoardPage ana;
  private final BoardPage bo;

  DragStages(String board) throws InterruptedException {
    ana = BoardPage.open(Chromium.browser(), "Ana", board, mayReachTheRelay());
    bo = BoardPage.open(Chromium.browser(), "Bo", board, mayReachTheRelay());
  }

  private static Browser.NewContextOptions mayReachTheRelay() {
    return Stage.desk().setBypassCSP(true);
  }

  /** Who drags. */
  BoardPage ana() {
    return ana;
  }

  /** Who looks on. */
  BoardPage bo() {
    return bo;
  }

  /** Drags a card to the head of the one column and of the other in turn, and says what it saw. */
  void measure(String ticket, List<String> columns, int drags) {
    Object id = ana.card(ticket).getAttribute("data-ticket");
    for (BoardPage page : List.of(ana, bo)) {
      page.page().evaluate(SCRIPT, Map.of("ticket", id, "relay", relay.url()));
    }
    for (int i = 1; i <= WARM_UP + drags; i++) {
      ana.waitsFor(STILL, null).liftsToTheTop(ticket, columns.get(i % 2));
      bo.seesHolding("Ana", ticket);
      ana.drops();
      bo.waitsFor("n => stages.framed.length >= n && !document.querySelector('.ghost')", i);
      ana.page().evaluate("throws()");
      bo.waitsFor("n => stages.caught.length >= n", i);
    }
    say();
  }

  private void say() {
    Millis dropped = Millis.noted(ana, "dropped");
    Millis sent = Millis.noted(ana, "sent");
    Millis told = Millis.noted(bo, "told");
    Millis shown = Millis.noted(bo, "shown");
    Millis framed = Millis.noted(bo, "framed");
    Millis floor = Millis.noted(bo, "caught").since(Millis.noted(ana, "thrown"));
    Map<String, Millis> stages = new LinkedHashMap<>();
    stages.put("dropped until sent", sent.since(dropped));
    stages.put("sent until told", told.since(sent));
    stages.put("told until shown", shown.since(told));
    stages.put("shown until framed", framed.since(shown));
    stages.put("dropped until shown", shown.since(dropped));
    stages.put("dropped until framed", framed.since(dropped));
    stages.put("a text, relayed", floor);
    stages.forEach((stage, millis) -> System.out.printf("  %-21s %s%n", stage, millis));
    System.out.printf(
        "  of the relayed text's time: sent until told %s, dropped until shown %s%n",
        told.since(sent).over(floor), shown.since(dropped).over(floor));
  }

  @Override
  public void close() {
    ana.close();
    bo.close();
    relay.close();
  }

  /** Times in the order of drags, in milliseconds. */
  private record Millis(double[] all) {
    static Millis noted(BoardPage by, String stage) {
      Page page = by.page();
      List<?> noted = (List<?>) page.evaluate("stage => stages[stage]", stage);
      return new Millis(
          noted.stream().skip(WARM_UP).mapToDouble(at -> ((Number) at).doubleValue()).toArray());
    }

    Millis since(Millis before) {
      double[] between = new double[before.all.length];
      Arrays.setAll(between, i -> all[i] - before.all[i]);
      return new Millis(between);
    }

    double at(int percent) {
      double[] sorted = all.clone();
      Arrays.sort(sorted);
      return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    String over(Millis floor) {
      return "%.1f times at p50, %.1f at p99"
          .formatted(at(50) / floor.at(50), at(99) / floor.at(99));
    }

    @Override
    public String toString() {
      return "p50 %5.1f ms, p99 %5.1f ms, worst %5.1f ms".formatted(at(50), at(99), at(100));
    }
  }

  private static String script() {
    try (var in = DragStages.class.getResourceAsStream("/browser/stages.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
