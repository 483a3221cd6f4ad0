package dev.tutti.load;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many commands are due in a second, over all writers.
 *
 * @param perSecond positive; infinite for as many as the windows allow
 */
record Rate(double perSecond) {
  boolean saturating() {
    return Double.isInfinite(perSecond);
  }

  @Override
  public String toString() {
    return saturating() ? "max" : Report.text("%,.0f/s", perSecond);
  }

  /** Reads {@code max} or a number. */
  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      if (text.equals("max")) {
        return new Rate(Double.POSITIVE_INFINITY);
      }
      try {
        double perSecond = Double.parseDouble(text);
        if (perSecond > 0 && perSecond <= 10_000_000) {
          return new Rate(perSecond);
        }
      } catch (NumberFormatException e) {
        // Said below, together with numbers out of range.
      }
      throw new TypeConversionException("a rate is 'max' or a number of commands a second");
    }
  }
}
