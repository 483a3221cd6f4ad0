package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Binds a command's name and arguments to its record, for all the records of one sealed interface.
 *
 * <p>The name of a record is its {@link JsonTypeName}; its components are the arguments. A
 * component marked {@link Nullable} may be absent ({@code null} is the same as absent), every other
 * one is required. Values are taken as they are: no text becomes a number, no fraction a whole
 * number. Arguments that the record does not know are ignored. Constructors refuse what they do not
 * like by {@link Args#invalid}.
 *
 * <p>Safe on any thread; made once per interface, because it prepares a reader for each record.
 */
public final class CommandBinding<C> {
  private static final int MAX_ECHO_CHARS = 64;
  private static final JsonMapper MAPPER = mapper();

  private final Map<String, Form<? extends C>> byName = new HashMap<>();
  private final Map<Class<?>, String> names = new HashMap<>();

  private record Form<R>(ObjectReader reader, Class<R> command, List<String> required) {}

  private CommandBinding(Class<C> sealed) {
    addAll(sealed);
  }

  /** The binding of all records of a sealed interface, and of the sealed interfaces in it. */
  public static <C> CommandBinding<C> of(Class<C> sealed) {
    return new CommandBinding<>(sealed);
  }

  /** The names of all commands. */
  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  /** The wire name of a command. */
  public String nameOf(C command) {
    String name = names.get(command.getClass());
    if (name == null) {
      throw new IllegalArgumentException(command.getClass() + " is not one of these commands.");
    }
    return name;
  }

  /** The arguments of a command, as {@link #parse} reads them. */
  public ObjectNode argsOf(C command) {
    return MAPPER.valueToTree(command);
  }

  /**
   * The command of this name with these arguments.
   *
   * @throws InvalidMessage {@code unknown_command}, or {@code invalid} with the argument's path
   */
  public C parse(String name, ObjectNode args) {
    Form<? extends C> form = byName.get(name);
    if (form == null) {
      String shown = name.length() > MAX_ECHO_CHARS ? name.substring(0, MAX_ECHO_CHARS) : name;
      throw new InvalidMessage(
          Code.UNKNOWN_COMMAND, "This room knows no command \"" + shown + "\".");
    }
    for (String field : form.required()) {
      JsonNode value = args.get(field);
      if (value == null || value.isNull()) {
        throw missing(field);
      }
      // A record's list would not say which of its elements is none.
      for (int i = 0; value.isArray() && i < value.size(); i++) {
        if (value.get(i).isNull()) {
          throw missing(field + "." + i);
        }
      }
    }
    try {
      return form.reader().readValue(args);
    } catch (JacksonException e) {
      throw translated(e, form);
    }
  }

  private static InvalidMessage missing(String path) {
    return Args.invalid(path, "\"" + path + "\" is missing.");
  }

  private void addAll(Class<? extends C> sealed) {
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      Class<? extends C> command = permitted.asSubclass(sealed);
      if (command.isRecord()) {
        add(command);
      } else {
        addAll(command);
      }
    }
  }

  private void add(Class<? extends C> command) {
    JsonTypeName name = command.getAnnotation(JsonTypeName.class);
    if (name == null) {
      throw new IllegalArgumentException(command + " has no @JsonTypeName.");
    }
    RecordComponent[] components = command.getRecordComponents();
    List<String> required =
        Arrays.stream(components)
            .filter(c -> !c.getAnnotatedType().isAnnotationPresent(Nullable.class))
            .map(RecordComponent::getName)
            .toList();
    ObjectReader reader = MAPPER.readerFor(command);
    if (byName.put(name.value(), new Form<>(reader, command, required)) != null) {
      throw new IllegalArgumentException("Two commands are named " + name.value() + ".");
    }
    names.put(command, name.value());
  }

  private static InvalidMessage translated(JacksonException e, Form<?> form) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidMessage refusal) {
        return refusal;
      }
    }
    List<String> path = new ArrayList<>();
    for (JacksonException.Reference step : e.getPath()) {
      String property = step.getPropertyName();
      path.add(property == null ? Integer.toString(step.getIndex()) : property);
    }
    if (path.isEmpty()) {
      return new InvalidMessage(Code.INVALID, "The arguments cannot be read.", "args");
    }
    String field = String.join(".", path);
    return Args.invalid(
        field, "\"" + field + "\" must be " + expected(typeAt(form.command(), path)) + ".");
  }

  /** What belongs at a path of components and numbers of elements; null where none is declared. */
  private static @Nullable Class<?> typeAt(Class<?> command, List<String> path) {
    Type at = command;
    for (String step : path) {
      at = inside(at, step);
    }
    return at instanceof ParameterizedType list ? (Class<?>) list.getRawType() : (Class<?>) at;
  }

  private static @Nullable Type inside(@Nullable Type of, String step) {
    if (of instanceof ParameterizedType list) {
      return list.getActualTypeArguments()[0];
    }
    return of instanceof Class<?> type && type.isRecord()
        ? Arrays.stream(type.getRecordComponents())
            .filter(component -> component.getName().equals(step))
            .map(RecordComponent::getGenericType)
            .findFirst()
            .orElse(null)
        : null;
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    } else if (type == String.class) {
      return "text";
    } else if (type == int.class || type == Integer.class || type == long.class) {
      return "a whole number";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (type == LocalDate.class) {
      return "a date such as 2026-11-22";
    } else if (type == Role.class) {
      return "viewer, editor or owner";
    } else if (type == List.class) {
      return "a list";
    }
    return "an object";
  }

  private static JsonMapper mapper() {
    SimpleModule dates = new SimpleModule().addDeserializer(LocalDate.class, new IsoDate());
    return JsonMapper.builder()
        .addModule(dates)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfigDefaults(any -> any.setAcceptBlankAsEmpty(false))
        .withCoercionConfig(
            LogicalType.Textual,
            text -> {
              text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
              text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .build();
  }

  /** A day as ISO 8601 writes it, and in no other way. */
  private static final class IsoDate extends StdDeserializer<LocalDate> {
    IsoDate() {
      super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        String text = parser.getString();
        try {
          return LocalDate.parse(text);
        } catch (DateTimeException e) {
          return (LocalDate) context.handleWeirdStringValue(LocalDate.class, text, "not a date");
        }
      }
      return (LocalDate) context.handleUnexpectedToken(LocalDate.class, parser);
    }
  }
}
