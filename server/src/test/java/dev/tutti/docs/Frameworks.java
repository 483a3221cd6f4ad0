package dev.tutti.docs;

import dev.tutti.types.WebJar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * React, Vue and Svelte for a browser without a build. React comes as CommonJS alone, so each of
 * its files is wrapped into a module; where the others lie says an import map.
 */
final class Frameworks {
  private Frameworks() {}

  /** One CommonJS file, what it requires, and what the guide wants of it. */
  private record Wrapped(String jar, String file, List<String> requires, List<String> exports) {
    String module() {
      var text = new StringBuilder();
      for (int i = 0; i < requires.size(); i++) {
        text.append("import m%d from '%s';\n".formatted(i, requires.get(i)));
      }
      text.append("const module = { exports: {} };\nconst known = {");
      for (int i = 0; i < requires.size(); i++) {
        text.append(" '%s': m%d,".formatted(requires.get(i), i));
      }
      text.append(" };\n(function (module, exports, require) {\n");
      text.append(WebJar.of(jar).text("cjs/" + file));
      text.append("\n})(module, module.exports, (name) => known[name]);\n");
      String names = exports.stream().collect(Collectors.joining(", ", "{ ", " }"));
      return text
          + "export default module.exports;\nexport const "
          + names
          + " = module.exports;\n";
    }
  }

  /** The modules made of CommonJS, by the path that the import map gives them. */
  static Map<String, String> modules() {
    var modules = new LinkedHashMap<String, String>();
    List<String> hooks = List.of("createElement", "useSyncExternalStore");
    put(modules, "react", new Wrapped("react", "react.production.js", List.of(), hooks));
    put(
        modules,
        "react-jsx-runtime",
        new Wrapped(
            "react",
            "react-jsx-runtime.production.js",
            List.of("react"),
            List.of("Fragment", "jsx", "jsxs")));
    put(
        modules,
        "scheduler",
        new Wrapped("scheduler", "scheduler.production.js", List.of(), List.of()));
    put(
        modules,
        "react-dom",
        new Wrapped("react-dom", "react-dom.production.js", List.of("react"), List.of()));
    put(
        modules,
        "react-dom-client",
        new Wrapped(
            "react-dom",
            "react-dom-client.production.js",
            List.of("scheduler", "react", "react-dom"),
            List.of("createRoot")));
    modules.put("/guide/esm-env.js", "export const BROWSER = true, DEV = false, NODE = false;\n");
    return modules;
  }

  /** A page whose import map says VUE, SVELTE and CLSX for versions. */
  static String inPlaceOfNames(String page) {
    return page.replace("VUE", WebJar.of("vue").version())
        .replace("SVELTE", WebJar.of("svelte").version())
        .replace("CLSX", WebJar.of("clsx").version());
  }

  private static void put(Map<String, String> modules, String name, Wrapped wrapped) {
    modules.put("/guide/" + name + ".js", wrapped.module());
  }
}
