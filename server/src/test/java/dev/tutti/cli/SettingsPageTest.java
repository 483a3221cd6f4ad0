package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.config.Section;
import dev.tutti.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/settings.md} cannot drift: its tables are the command's own model. */
class SettingsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "settings.md");

  private final CommandLine serve =
      Tutti.commandLine(Map.of(), InstantSource.system(), System.out, (config, check, out) -> {})
          .getSubcommands()
          .get("serve");

  @Test
  void thePageHoldsEverySettingAsItIs() throws IOException {
    String tables = Stream.of(Section.values()).map(this::table).collect(Collectors.joining("\n"));
    assertThat(Files.readString(PAGE))
        .as("docs/settings.md must contain, section by section:\n%s", tables)
        .contains(Stream.of(Section.values()).map(this::table).toList());
  }

  @Test
  void thePageNamesNoOptionThatThereIsNot() throws IOException {
    Set<String> inPage =
        Files.readString(PAGE)
            .lines()
            .filter(line -> line.startsWith("| `--"))
            .map(line -> line.replaceAll("^\\| `(--[a-z-]+)`.*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> inModel =
        serve.getCommandSpec().options().stream()
            .map(OptionSpec::longestName)
            .filter(name -> !Set.of("--help", "--version", "--check").contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(inPage).isEqualTo(inModel);
  }

  private String table(Section section) {
    return "## "
        + section.title()
        + "\n\n| option | variable | default | unit | range | what it is |\n"
        + "| --- | --- | --- | --- | --- | --- |\n"
        + Stream.of(Setting.values())
            .filter(setting -> setting.section() == section)
            .map(this::row)
            .collect(Collectors.joining());
  }

  private String row(Setting setting) {
    String option = setting.option().map(name -> "`" + inModel(name) + "`").orElse("");
    String fallback = setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`";
    String unit = setting.isFlag() ? "flag" : setting.unit().toLowerCase(java.util.Locale.ROOT);
    return Stream.of(
            option,
            "`" + setting.variable() + "`",
            fallback,
            unit,
            setting.range(),
            setting.description())
        .map(cell -> cell.isEmpty() ? "" : cell + " ")
        .collect(Collectors.joining("| ", "| ", "|\n"));
  }

  private String inModel(String name) {
    OptionSpec option = serve.getCommandSpec().findOption(name);
    assertThat(option).as(name).isNotNull();
    return option.longestName();
  }
}
