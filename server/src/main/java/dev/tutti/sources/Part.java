package dev.tutti.sources;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A part of a file that somebody wrote: what is there, and where it is, for whoever has to mend it.
 * What is wrong with it is gathered, and never quoted, as it may be a credential; the reading goes
 * on with something harmless, only to find the rest.
 *
 * @param where whose it is, such as {@code --sources: weather}
 * @param path from there, such as {@code read[1].pointer}; empty for all of it
 * @param problems what was found so far, in the whole file
 */
record Part(String where, String path, JsonNode json, List<String> problems) {
  static Part whole(String where, JsonNode json, List<String> problems) {
    return new Part(where, "", json, problems);
  }

  void wrong(String sentence) {
    problems.add(where + ": " + (path.isEmpty() ? "" : path + ": ") + sentence);
  }

  boolean isThere() {
    return !json.isMissingNode();
  }

  /** The same under another name, by which people know it. */
  Part as(String name) {
    return new Part(name, "", json, problems);
  }

  Part field(String name) {
    String to = path.isEmpty() ? name : path + "." + name;
    return new Part(where, to, json.path(name), problems);
  }

  /** An object; where it is none, one of which nothing more is said. */
  Part object() {
    if (json.isObject()) {
      return this;
    }
    wrong(isThere() ? "It is an object, {…}." : "It is missing.");
    return new Part(where, path, MissingNode.getInstance(), new ArrayList<>());
  }

  /** The same, of these fields and no others. */
  Part object(Set<String> fields) {
    return object().only(fields);
  }

  /** Itself, once other fields than these are said to be none. */
  Part only(Set<String> fields) {
    json.propertyNames().stream()
        .filter(name -> !fields.contains(name))
        .sorted()
        .forEach(name -> field(name).wrong("There is no such field."));
    return this;
  }

  /** The fields of an object by name, whatever they are called; none where it is none. */
  Map<String, Part> members() {
    Map<String, Part> members = new LinkedHashMap<>();
    if (json.isObject()) {
      json.propertyNames().forEach(name -> members.put(name, field(name)));
    } else if (isThere()) {
      wrong("It is an object, {…}.");
    }
    return members;
  }

  /** The entries of an array; none where it is not there, or is none. */
  List<Part> entries() {
    List<Part> entries = new ArrayList<>();
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        entries.add(new Part(where, path + "[" + i + "]", json.path(i), problems));
      }
    } else if (isThere()) {
      wrong("It is an array, […].");
    }
    return entries;
  }

  /** A text that says something; empty, and that is said, where it is none. */
  String text() {
    String text = anyText();
    if (json.isString() && text.isEmpty()) {
      wrong("It is empty.");
    }
    return text;
  }

  /** The same where it may be absent. */
  String optionalText() {
    return isThere() ? text() : "";
  }

  /** The same where it may be the empty text, but not absent. */
  String anyText() {
    if (!json.isString()) {
      wrong(isThere() ? "It is a text, \"…\"." : "It is missing.");
    }
    return json.isString() ? json.stringValue() : "";
  }

  /** A whole number; the least where it is none. */
  int number(int least, int most) {
    boolean fits = json.isIntegralNumber() && json.canConvertToInt();
    int number = fits ? json.intValue() : least;
    if (!fits || number < least || number > most) {
      wrong("It is a whole number from " + least + " to " + most + ".");
    }
    return number;
  }

  /** True or false, where it is there; else false. */
  boolean flag() {
    if (isThere() && !json.isBoolean()) {
      wrong("It is true or false.");
    }
    return json.isBoolean() && json.booleanValue();
  }
}
