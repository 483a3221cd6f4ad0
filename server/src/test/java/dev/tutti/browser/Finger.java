package dev.tutti.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;

/** A finger on a page, down to the browser's own touch events. Closing it lifts it off. */
final class Finger implements AutoCloseable {
  private static final int STEPS = 8;

  private final CDPSession session;
  private double x;
  private double y;
  private boolean down;

  private Finger(CDPSession session) {
    this.session = session;
  }

  static Finger of(Page page) {
    return new Finger(page.context().newCDPSession(page));
  }

  /** Touches a card and stays there. */
  void down(Locator card) {
    BoundingBox box = card.boundingBox();
    x = box.x + 40;
    y = box.y + box.height / 2;
    touch("touchStart");
    down = true;
  }

  /** Goes to just below the middle of another. */
  void moveBelow(Locator card) {
    BoundingBox box = card.boundingBox();
    move(x, box.y + box.height + 4);
  }

  /** Goes across the page. */
  void moveTo(double toX) {
    move(toX, y);
  }

  /** Touches a card and goes upwards at once, as one does to scroll. */
  void swipes(Locator card) {
    down(card);
    move(x, y - 60);
  }

  /** The system takes the touch away, as it does for a gesture of its own. */
  void cancels() {
    touch("touchCancel");
    down = false;
  }

  private void move(double toX, double toY) {
    double across = (toX - x) / STEPS;
    double step = (toY - y) / STEPS;
    for (int i = 0; i < STEPS; i++) {
      x += across;
      y += step;
      touch("touchMove");
    }
  }

  @Override
  public void close() {
    if (down) {
      touch("touchEnd");
    }
    session.detach();
  }

  private void touch(String type) {
    var points = new JsonArray();
    if (!type.equals("touchEnd") && !type.equals("touchCancel")) {
      var point = new JsonObject();
      point.addProperty("x", x);
      point.addProperty("y", y);
      points.add(point);
    }
    var event = new JsonObject();
    event.addProperty("type", type);
    event.add("touchPoints", points);
    session.send("Input.dispatchTouchEvent", event);
  }
}
