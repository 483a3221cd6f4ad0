package dev.tutti.types;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The comments of Java sources, which class files do not have: those of types by their binary name,
 * those of fields and enum constants by {@code type.name}.
 */
final class DocComments {
  private final Map<String, String> byName = new HashMap<>();

  /** Of all sources in a folder and the ones below it. */
  static DocComments of(Path folder) throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(folder)) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    var comments = new DocComments();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        comments.read(unit, Trees.instance(task));
      }
    }
    return comments;
  }

  /** The types that have one, by name, but for those inside others. */
  Stream<Class<?>> types() {
    return byName.keySet().stream()
        .filter(name -> name.matches("[a-z.]+\\.[A-Z]\\w*"))
        .sorted()
        .map(DocComments::load);
  }

  /** What a type is, in Markdown, without its tags. */
  String of(Class<?> type) {
    return plain(byName.getOrDefault(type.getName(), "").split("(^|\n) ?@")[0]);
  }

  /** What a field or an enum's constant is. */
  String of(Class<?> type, String member) {
    return plain(byName.getOrDefault(type.getName() + "." + member, ""));
  }

  /** What a record's component is, by its {@code @param}; empty where there is none. */
  String ofComponent(Class<?> type, String component) {
    String start = "@param " + component + " ";
    return Stream.of(byName.getOrDefault(type.getName(), "").split("\n ?(?=@)"))
        .map(String::strip)
        .filter(tag -> tag.startsWith(start))
        .map(tag -> plain(tag.substring(start.length())))
        .findFirst()
        .orElse("");
  }

  private void read(CompilationUnitTree unit, Trees trees) {
    new TreePathScanner<Void, Void>() {
      private final Deque<String> names = new ArrayDeque<>();

      @Override
      public Void visitClass(ClassTree type, Void none) {
        String outer = names.isEmpty() ? unit.getPackageName() + "." : names.peek() + "$";
        names.push(outer + type.getSimpleName());
        keep(names.peek());
        super.visitClass(type, none);
        names.pop();
        return null;
      }

      @Override
      public Void visitVariable(VariableTree field, Void none) {
        keep(names.peek() + "." + field.getName());
        return super.visitVariable(field, none);
      }

      private void keep(String name) {
        String comment = trees.getDocComment(getCurrentPath());
        if (comment != null) {
          byName.put(name, comment);
        }
      }
    }.scan(unit, null);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Javadoc as one line of Markdown. */
  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@code ((?:[^{}]|\\{[^{}]*\\})*)\\}", "`$1`")
        .replaceAll("\\{@link [^}]*?#?(\\w+)(?:\\([^)]*\\))?\\}", "`$1`")
        .replaceAll(" ?<p> ?", " ")
        .replace("*/", "* /")
        .strip();
  }
}
