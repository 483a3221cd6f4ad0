package dev.tutti.load;

import java.util.function.Supplier;

/** The readings of one program, batch after batch, over its series in turn. */
final class Readings implements Supplier<Readings.Batch> {
  private final int widget;
  private final int series;
  private final int size;
  private long batches;

  /**
   * @param widget the program's own table
   * @param series that it has
   * @param size readings of one batch, at most {@code series}
   */
  Readings(int widget, int series, int size) {
    this.widget = widget;
    this.series = series;
    this.size = size;
  }

  /** A program that sends them over its WebSocket. */
  static Sender of(LoadClient client, Readings readings) {
    return new Sender(
        client,
        () -> {
          Batch batch = readings.get();
          return (text, id, due) -> client.commands().setValues(text, id, due, batch);
        });
  }

  @Override
  public Batch get() {
    long number = batches++;
    return new Batch(widget, (int) (number * size % series), size, series, number);
  }

  /**
   * Readings that are sent together, each of another series.
   *
   * @param first its series, and so on, over and over
   * @param value of all of them
   */
  record Batch(int widget, int first, int size, int series, long value) {
    /** Writes them as the arguments of {@code values.set}. */
    Text write(Text text) {
      text.add("\"values\":[");
      for (int i = 0; i < size; i++) {
        text.add(i == 0 ? "{\"widget\":\"w" : ",{\"widget\":\"w").add(widget);
        text.add("\",\"series\":\"s").add((first + i) % series);
        text.add("\",\"value\":").add(value).add("}");
      }
      return text.add("]");
    }
  }
}
