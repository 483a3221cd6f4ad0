package dev.tutti.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.rules.AccessRules;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.CreationRules;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents of one room type as its rules write them: a few rooms in which two people send every
 * command that there is, at random but the same in each run. What they may say of each argument is
 * in {@code documents/TYPE.json}; an argument that is missing there is an error.
 */
final class WrittenDocuments {
  private static final int ROOMS = 8;
  private static final int COMMANDS = 900;
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final List<Actor> PEOPLE =
      List.of(new Actor("ana", "Ana", Role.OWNER), new Actor("bo", "Bo", Role.EDITOR));

  private final ObjectNode known;
  private final RoomRules<Object> rules;
  private final List<Class<?>> commands;
  private final WrittenFields fields;
  private final Set<String> left = new TreeSet<>();
  private Document document = Document.empty();

  private WrittenDocuments(String type) {
    var resource = WrittenDocuments.class.getResourceAsStream("/documents/" + type + ".json");
    known = (ObjectNode) new JsonMapper().readTree(resource);
    rules = rules(type);
    commands =
        Stream.of(known.get("commands").stringValue(), AccessCommand.class.getName())
            .map(WrittenDocuments::named)
            .flatMap(Declarations::records)
            .toList();
    fields = new WrittenFields(strings("maps"), strings("words"));
  }

  /** A program that the compiler takes where the declared type is what the rules write. */
  static String program(String type) {
    WrittenDocuments documents = new WrittenDocuments(type);
    documents.commands.forEach(documents::expect);
    for (int room = 0; room < ROOMS; room++) {
      documents.live(new Random(room), room);
    }
    assertThat(documents.left).as("never accepted in %s", type).isEmpty();
    return documents.fields.program(documents.known.get("document").stringValue());
  }

  /** Each command is to be accepted, and with each argument that it may do without. */
  private void expect(Class<?> command) {
    String name = Declarations.wireName(command);
    left.add(name);
    Stream.of(command.getRecordComponents())
        .filter(Declarations::isOptional)
        .forEach(argument -> left.add(name + " " + argument.getName()));
  }

  private void live(Random random, int room) {
    become(Document.empty());
    if (room % 2 == 0) {
      become(after(rules.created(Optional.of("A title"))));
    }
    if (room % 3 == 0) {
      var from = new RoomName(rules.type() + ":before");
      become(after(CreationRules.imported(from, 3, "olga", NOON)));
    }
    for (int i = 1; i <= COMMANDS; i++) {
      send(random, new Moment(NOON.plusSeconds(i), new UUID(room, i)), i < COMMANDS * 2 / 3);
    }
  }

  private void send(Random random, Moment now, boolean grows) {
    Class<?> command = commands.get(random.nextInt(commands.size()));
    String name = Declarations.wireName(command);
    if (grows && name.matches(".*(delete|archive|remove)")) {
      return; // Else there were seldom anything to act on.
    }
    ObjectNode args = args(command, random);
    Actor actor = PEOPLE.get(random.nextInt(PEOPLE.size()));
    try {
      if (decide(name, args, actor, now) instanceof Decision.Accepted(var _, var change)) {
        become(after(change));
        left.remove(name);
        args.propertyNames().forEach(argument -> left.remove(name + " " + argument));
      }
    } catch (InvalidMessage e) {
      // These arguments do not go together.
    }
  }

  private Decision decide(String name, ObjectNode args, Actor actor, Moment now) {
    return AccessRules.handles(name)
        ? AccessRules.decide(document, AccessRules.parse(name, args), actor)
        : rules.decide(document, rules.parse(name, args), actor, now);
  }

  private Document after(Change change) {
    return document.apply(change.patchOn(document));
  }

  private void become(Document next) {
    document = next;
    fields.see(next.toJson());
  }

  private ObjectNode args(Class<?> command, Random random) {
    ObjectNode args = JsonNodeFactory.instance.objectNode();
    int many = random.nextInt(5); // From none of what may be absent to all of it.
    for (RecordComponent argument : command.getRecordComponents()) {
      JsonNode choice = known.get("arguments").path(argument.getName());
      if (choice.isEmpty()) {
        throw new AssertionError("What may be said for " + argument + " of " + command + "?");
      }
      if (!Declarations.isOptional(argument) || random.nextInt(4) < many) {
        args.set(argument.getName(), choice.get(random.nextInt(choice.size())));
      }
    }
    return args;
  }

  private Set<String> strings(String name) {
    Set<String> strings = new TreeSet<>();
    known.get(name).forEach(value -> strings.add(value.stringValue()));
    return strings;
  }

  private static Class<?> named(String type) {
    try {
      return Class.forName(type);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static RoomRules<Object> rules(String type) {
    return ServiceLoader.load(RoomRules.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(rules -> rules.type().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
