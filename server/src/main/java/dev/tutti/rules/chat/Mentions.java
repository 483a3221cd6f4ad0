package dev.tutti.rules.chat;

import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.rules.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whom a text mentions: {@code @} and the name of somebody whom the room knows, in any case, or
 * {@code @} and their user id. Where several fit, the longest does; all who are called so are
 * meant. An address such as {@code ana@example.org} mentions nobody.
 */
final class Mentions {
  /** Names are 60 characters at most, user ids 128. */
  private static final int MAX_CHARS = 128;

  /** Signs that are looked at, so that a text of nothing else costs little. */
  private static final int MAX_SIGNS = 60;

  private final Document document;
  private final Map<String, String> found = new LinkedHashMap<>();

  private Mentions(Document document) {
    this.document = document;
  }

  /** The users who are mentioned, to their names, without {@code author}. */
  static Map<String, String> in(String text, Document document, String author) {
    Mentions mentions = new Mentions(document);
    int signs = 0;
    int at = text.indexOf('@');
    while (at >= 0 && signs < MAX_SIGNS && mentions.found.size() < ChatLimits.MAX_MENTIONS) {
      if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
        mentions.lookUp(text, at + 1);
        signs++;
      }
      at = text.indexOf('@', at + 1);
    }
    mentions.found.remove(author);
    return mentions.found;
  }

  private void lookUp(String text, int start) {
    for (int end = Math.min(text.length(), start + MAX_CHARS); end > start; end--) {
      boolean word =
          !Character.isWhitespace(text.charAt(end - 1))
              && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
      if (word) {
        List<String> users = users(text.substring(start, end));
        if (!users.isEmpty()) {
          users.forEach(this::add);
          return;
        }
      }
    }
  }

  private List<String> users(String called) {
    return document.entity(Person.COLLECTION, called).isPresent()
        ? List.of(called)
        : List.copyOf(document.view(People.VIEW).named(called));
  }

  private void add(String user) {
    Optional<ObjectNode> person = document.entity(Person.COLLECTION, user);
    if (found.size() < ChatLimits.MAX_MENTIONS) {
      person.ifPresent(entity -> found.put(user, Person.name(entity)));
    }
  }
}
