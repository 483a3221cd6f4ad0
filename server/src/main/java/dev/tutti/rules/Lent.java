package dev.tutti.rules;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Entities of a collection, each a copy made when it is asked for. Not to be changed. */
final class Lent extends AbstractMap<String, ObjectNode> {
  private final Map<String, ObjectNode> entities;

  Lent(Map<String, ObjectNode> entities) {
    this.entities = entities;
  }

  @Override
  public @Nullable ObjectNode get(@Nullable Object id) {
    ObjectNode entity = id == null ? null : entities.get(id);
    return entity == null ? null : entity.deepCopy();
  }

  @Override
  public boolean containsKey(@Nullable Object id) {
    return id != null && entities.containsKey(id);
  }

  @Override
  public Set<String> keySet() {
    return entities.keySet();
  }

  @Override
  public Set<Map.Entry<String, ObjectNode>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, ObjectNode>> iterator() {
        Iterator<Map.Entry<String, ObjectNode>> all = entities.entrySet().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return all.hasNext();
          }

          @Override
          public Map.Entry<String, ObjectNode> next() {
            Map.Entry<String, ObjectNode> entry = all.next();
            return Map.entry(entry.getKey(), entry.getValue().deepCopy());
          }
        };
      }

      @Override
      public int size() {
        return entities.size();
      }
    };
  }
}
