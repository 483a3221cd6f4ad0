package dev.tutti.types;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.Event;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes the protocol down as TypeScript: its records by reflection, in their order, with the
 * comments of their sources. What travels is what the types say, so a field cannot be forgotten.
 */
final class Declarations {
  private static final String WIDE = " | null";

  private final DocComments comments;
  private final StringBuilder text = new StringBuilder();

  private Declarations(DocComments comments) {
    this.comments = comments;
  }

  /** All that is generated. */
  static String of(DocComments comments) {
    var declarations = new Declarations(comments);
    declarations.words();
    declarations.record("Event", Event.class);
    declarations.messages("ClientMessage", ClientMessage.class);
    declarations.messages("ServerMessage", ServerMessage.class);
    declarations.commands();
    return declarations.text.toString().stripTrailing() + "\n";
  }

  /**
   * Every sealed interface of commands there is: those of all rooms first, then those of a kind.
   */
  private void commands() {
    List<Class<?>> all = comments.types().filter(Declarations::isCommands).toList();
    List<Class<?>> common =
        all.stream().filter(type -> type.getPackage() == Event.class.getPackage()).toList();
    String above =
        common.stream()
            .map(Declarations::plural)
            .collect(Collectors.joining(", ", " extends ", ""));
    common.forEach(type -> commands(type, ""));
    all.stream().filter(type -> !common.contains(type)).forEach(type -> commands(type, above));
    comments.types().filter(type -> type.getSimpleName().matches(".+Limits")).forEach(this::limits);
  }

  /** Not one that belongs to another: of those, the outermost. */
  private static boolean isCommands(Class<?> type) {
    return type.isSealed()
        && type.getSimpleName().endsWith("Command")
        && Stream.of(type.getInterfaces()).noneMatch(Class::isSealed);
  }

  private static String plural(Class<?> commands) {
    return commands.getSimpleName() + "s";
  }

  private void words() {
    comment("", comments.of(RoomName.class));
    text.append("export type RoomName = `${string}:${string}`;\n\n");
    comment("", comments.of(Role.class));
    union("Role", Stream.of(Role.values()).map(role -> quoted(role.wire())));
    comment("", comments.of(Code.class));
    text.append("export interface Codes {\n");
    for (Code code : Code.values()) {
      comment("  ", comments.of(Code.class, code.name()));
      text.append("  %s: %d;\n".formatted(code.wire(), code.httpStatus()));
    }
    text.append("}\n\nexport type Code = keyof Codes;\n\n");
    comment("", comments.of(CloseCode.class));
    text.append("export interface CloseCodes {\n");
    for (CloseCode code : CloseCode.values()) {
      comment("  ", code.reason());
      text.append("  %d: { reconnect: %s };\n".formatted(code.code(), code.reconnect()));
    }
    text.append("}\n\nexport type CloseCode = keyof CloseCodes;\n\n");
    comment("", comments.of(Limits.class));
    text.append("export interface Limits {\n");
    for (RecordComponent limit : Limits.class.getRecordComponents()) {
      comment("  ", comments.ofComponent(Limits.class, limit.getName()));
      text.append("  %s: number;\n".formatted(limit.getName()));
    }
    text.append("}\n\n");
  }

  private void union(String name, Stream<String> members) {
    String joined = members.collect(Collectors.joining(" | "));
    text.append("export type %s = %s;\n\n".formatted(name, joined));
  }

  private void record(String name, Class<?> record) {
    comment("", comments.of(record));
    text.append("export interface %s {\n".formatted(name));
    fields("  ", record, "");
    text.append("}\n\n");
  }

  /** One interface with a member for each message, and the union of them. */
  private void messages(String name, Class<?> sealed) {
    comment("", comments.of(sealed));
    text.append("export interface %ss {\n".formatted(name));
    records(sealed)
        .forEach(message -> {
          String type = wireName(message);
          comment("  ", comments.of(message));
          text.append("  %s: {\n    type: '%s';\n".formatted(type, type));
          fields("    ", message, "");
          text.append("  };\n");
        });
    text.append("}\n\nexport type %s = %ss[keyof %ss];\n\n".formatted(name, name, name));
  }

  /** One interface with a member for each command: its arguments. */
  private void commands(Class<?> sealed, String above) {
    comment("", comments.of(sealed));
    text.append("export interface %s%s {\n".formatted(plural(sealed), above));
    records(sealed)
        .forEach(command -> {
          comment("  ", comments.of(command));
          text.append("  '%s': {\n".formatted(wireName(command)));
          fields("    ", command, WIDE);
          text.append("  };\n");
        });
    text.append("}\n\n");
  }

  private void limits(Class<?> holder) {
    comment("", comments.of(holder));
    text.append("export interface %s {\n".formatted(holder.getSimpleName()));
    for (Field field : holder.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        comment("  ", comments.of(holder, field.getName()));
        text.append("  readonly %s: %s;\n".formatted(field.getName(), value(field)));
      }
    }
    text.append("}\n\n");
  }

  private void fields(String indent, Class<?> record, String orElse) {
    for (RecordComponent field : record.getRecordComponents()) {
      comment(indent, comments.ofComponent(record, field.getName()));
      boolean optional = isOptional(field);
      text.append(
          "%s%s%s: %s%s;\n"
              .formatted(
                  indent,
                  field.getName(),
                  optional ? "?" : "",
                  type(field.getGenericType()),
                  optional ? orElse : ""));
    }
  }

  /** Whether it may be absent: of a primitive, where its default value is left out. */
  static boolean isOptional(RecordComponent field) {
    JsonInclude include = include(field);
    return field.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || (include != null && include.value() == JsonInclude.Include.NON_DEFAULT);
  }

  private static @Nullable JsonInclude include(RecordComponent field) {
    AnnotatedElement accessor = field.getAccessor();
    return accessor.getAnnotation(JsonInclude.class);
  }

  /** How a Java type looks in JSON. */
  private static String type(Type type) {
    return switch (type) {
      case ParameterizedType list
          when list.getRawType() instanceof Class<?> raw
              && Collection.class.isAssignableFrom(raw) ->
          type(list.getActualTypeArguments()[0]) + "[]";
      case Class<?> c when c == String.class || c == UUID.class || c == LocalDate.class -> "string";
      case Class<?> c when c == Instant.class -> "string";
      case Class<?> c when c == boolean.class || c == Boolean.class -> "boolean";
      case Class<?> c when c.isPrimitive() || Number.class.isAssignableFrom(c) -> "number";
      case Class<?> c when JsonNode.class.isAssignableFrom(c) -> "JsonObject";
      case Class<?> c when c == EntityName.class -> "string";
      case Class<?> c when c == RoomName.class || c == Role.class || c == Code.class ->
          c.getSimpleName();
      case Class<?> c when c == Event.class -> "Event";
      case Class<?> c when c == ServerMessage.Signal.class -> "ServerMessages['signal']";
      case Class<?> c when c.isRecord() -> inline(c);
      default -> throw new IllegalArgumentException("How is " + type + " said in TypeScript?");
    };
  }

  private static String inline(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .map(field ->
            field.getName() + (isOptional(field) ? "?" : "") + ": " + type(field.getGenericType()))
        .collect(Collectors.joining("; ", "{ ", " }"));
  }

  /** The records of a sealed interface, and of those that belong to it. */
  static Stream<Class<?>> records(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .flatMap(type -> type.isRecord() ? Stream.of(type) : records(type));
  }

  /** What a message or a command is called where it travels. */
  static String wireName(Class<?> record) {
    return record.getAnnotation(JsonTypeName.class).value();
  }

  private static String quoted(String word) {
    return "'" + word + "'";
  }

  private static Object value(Field constant) {
    try {
      return constant.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private void comment(String indent, String words) {
    if (!words.isEmpty()) {
      text.append("%s/** %s */\n".formatted(indent, words));
    }
  }
}
