package dev.tutti.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator said: options first, then the environment. An empty variable counts as not
 * given, since that is how orchestrators write "none".
 *
 * @param options by setting, in the order given
 * @param environment all variables of the process
 */
public record Given(Map<Setting, List<String>> options, Map<String, String> environment) {
  public Given {
    options = Map.copyOf(options);
    environment = Map.copyOf(environment);
  }

  /** Where a value came from, as the operator would look for it, and the value. */
  record Value(String source, String text) {}

  /** Every value of a setting; several only for an option that was repeated. */
  List<Value> all(Setting setting) {
    List<String> texts = options.getOrDefault(setting, List.of());
    if (!texts.isEmpty()) {
      String option = setting.option().orElseThrow();
      return texts.stream().map(text -> new Value(option, text)).toList();
    }
    String text = environment.getOrDefault(setting.variable(), "");
    return text.isEmpty() ? List.of() : List.of(new Value(setting.variable(), text));
  }

  /**
   * The value of a setting, if any; the last one where an option was repeated, which is refused.
   */
  Optional<Value> one(Setting setting) {
    List<Value> all = all(setting);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }
}
