package dev.tutti.cli;

import dev.tutti.config.Given;
import dev.tutti.config.Section;
import dev.tutti.config.Setting;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** Rows of the table of settings as options of a command, and its help in sections. */
final class SettingOptions {
  private final List<Setting> settings;

  /**
   * @param settings in any order; help shows them in that of the table
   */
  SettingOptions(Collection<Setting> settings) {
    this.settings = settings.stream().sorted().toList();
  }

  /** Makes every setting an option of {@code command}, and groups its help. */
  void addTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    for (Setting setting : settings) {
      setting.option().ifPresent(option -> spec.addOption(asOption(setting, option)));
    }
    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, this::help);
  }

  /** What was given, on the command line and around it. */
  Given given(ParseResult parsed, Map<String, String> environment) {
    Map<Setting, List<String>> options = new EnumMap<>(Setting.class);
    for (Setting setting : settings) {
      setting
          .option()
          .filter(parsed::hasMatchedOption)
          .ifPresent(option -> options.put(setting, values(parsed.matchedOption(option))));
    }
    return new Given(options, environment);
  }

  private static List<String> values(OptionSpec option) {
    return option.isMultiValue()
        ? List.copyOf(option.<List<String>>getValue())
        : List.of(String.valueOf(option.<Object>getValue()));
  }

  private static OptionSpec asOption(Setting setting, String option) {
    OptionSpec.Builder builder = OptionSpec.builder(option).description(described(setting));
    if (setting.isFlag()) {
      return builder.type(Boolean.class).arity("0").negatable(true).build();
    }
    // A list, so that an option given twice is seen: settings refuse that, or take both.
    return builder
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(setting.unit())
        .build();
  }

  /** The sentence of a setting with what else there is to know. */
  private static String described(Setting setting) {
    String fallback = setting.fallback().isEmpty() ? "" : " (" + setting.fallback() + ")";
    return setting.description() + fallback + " [" + setting.variable() + "]";
  }

  private String help(Help help) {
    Predicate<OptionSpec> isSetting =
        option ->
            settings.stream()
                .flatMap(setting -> setting.option().stream())
                .anyMatch(name -> name.equals(option.longestName()));
    StringBuilder text = new StringBuilder();
    text.append(
        layout(help, help.commandSpec().options().stream().filter(isSetting.negate()).toList()));
    for (Section section : Section.values()) {
      if (in(section).findAny().isEmpty()) {
        continue;
      }
      text.append(String.format("%n%s:%n", section.title()));
      text.append(
          layout(
              help,
              in(section)
                  .flatMap(setting -> setting.option().stream())
                  .map(option -> help.commandSpec().findOption(option))
                  .toList()));
      in(section)
          .filter(setting -> setting.option().isEmpty())
          .forEach(setting ->
              text.append(
                  String.format(
                      "      [%s]%n          %s%n", setting.variable(), setting.description())));
    }
    return text.toString();
  }

  private static Help.Layout layout(Help help, List<OptionSpec> options) {
    Help.Layout layout = help.createDefaultLayout();
    options.forEach(option -> layout.addOption(option, help.createDefaultParamLabelRenderer()));
    return layout;
  }

  private Stream<Setting> in(Section section) {
    return settings.stream().filter(setting -> setting.section() == section);
  }
}
