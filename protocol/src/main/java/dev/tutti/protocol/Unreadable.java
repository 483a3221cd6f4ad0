package dev.tutti.protocol;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * What is said of bytes that no object could be read from. The parser's own words name its classes
 * and switches, which help nobody who sends something.
 *
 * @param format what the bytes should have been, {@code JSON} or {@code CBOR}
 */
record Unreadable(String format, int maxDepth, int maxNumberChars, int maxFieldNameChars) {
  InvalidMessage notUtf8() {
    return refusal("This is not UTF-8, as all " + format + " is.");
  }

  InvalidMessage notAnObject(boolean missing) {
    return refusal(
        missing
            ? "There is nothing, where an object in " + format + " is due."
            : "This is " + format + ", but no object.");
  }

  InvalidMessage because(JacksonException e) {
    String words = String.valueOf(e.getOriginalMessage());
    return refusal(
        switch (e) {
          case StreamConstraintsException tooMuch -> tooMuch(words);
          case UnexpectedEndOfInputException end ->
              "This " + format + " ends before it is complete.";
          // A tree is made of anything, so all that is left to mismatch is what follows it.
          case MismatchedInputException more -> "Something follows" + at(e) + ", behind the end.";
          default ->
              words.startsWith("Duplicate")
                  ? "A field is there twice in one object" + at(e) + "."
                  : "This is not " + format + at(e) + ".";
        });
  }

  private String tooMuch(String words) {
    if (words.contains("depth")) {
      return "This is nested deeper than the " + maxDepth + " levels that are taken.";
    }
    if (words.contains("Number")) {
      return "A number has more than " + maxNumberChars + " digits.";
    }
    if (words.contains("Name")) {
      return "A field's name has more than %,d characters.".formatted(maxFieldNameChars);
    }
    return "Something in this is longer than what is taken.";
  }

  private static String at(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    if (location == null) {
      return "";
    }
    return location.getLineNr() > 0
        ? ", at line " + location.getLineNr() + ", column " + location.getColumnNr()
        : ", at byte " + location.getByteOffset();
  }

  private static InvalidMessage refusal(String sentence) {
    return new InvalidMessage(Code.MALFORMED, sentence);
  }
}
