package dev.tutti.rules.chat;

import dev.tutti.rules.View;
import java.util.Locale;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The people of a room by what they are called, without regard to case, and by how far they have
 * read.
 */
record People(PMap<String, PSortedSet<String>> byName, PSortedSet<Reader> byRead) {
  static final View<People> VIEW = new Register();

  /** Somebody, ordered by how little they have read. */
  record Reader(long read, String user) implements Comparable<Reader> {
    @Override
    public int compareTo(Reader other) {
      int byRead = Long.compare(read, other.read);
      return byRead != 0 ? byRead : user.compareTo(other.user);
    }
  }

  /** The users who are called so. */
  PSortedSet<String> named(String name) {
    PSortedSet<String> users = byName.get(name.toLowerCase(Locale.ROOT));
    return users == null ? TreePSet.empty() : users;
  }

  private static final class Register implements View<People> {
    @Override
    public People empty() {
      return new People(HashTreePMap.empty(), TreePSet.empty());
    }

    @Override
    public People changed(
        People view,
        String collection,
        String user,
        Optional<ObjectNode> was,
        Optional<ObjectNode> is) {
      if (!collection.equals(Person.COLLECTION)) {
        return view;
      }
      PMap<String, PSortedSet<String>> byName = view.byName;
      PSortedSet<Reader> byRead = view.byRead;
      if (was.isPresent()) {
        String name = Person.name(was.get()).toLowerCase(Locale.ROOT);
        PSortedSet<String> rest = view.named(name).minus(user);
        byName = rest.isEmpty() ? byName.minus(name) : byName.plus(name, rest);
        byRead = byRead.minus(new Reader(Person.read(was.get()), user));
      }
      if (is.isPresent()) {
        String name = Person.name(is.get()).toLowerCase(Locale.ROOT);
        byName = byName.plus(name, new People(byName, byRead).named(name).plus(user));
        byRead = byRead.plus(new Reader(Person.read(is.get()), user));
      }
      return new People(byName, byRead);
    }
  }
}
