package dev.tutti.protocol.dashboard;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import dev.tutti.protocol.CommandBinding;

/** What people and programs do on a dashboard. */
public sealed interface DashboardCommand
    permits DashboardCommand.Rename, WidgetCommand, ReadingCommand {
  /** Names and arguments of all of them. */
  CommandBinding<DashboardCommand> BINDING = CommandBinding.of(DashboardCommand.class);

  /** Give the dashboard a title. */
  @JsonTypeName("dashboard.rename")
  record Rename(String title) implements DashboardCommand {
    public Rename {
      Args.line(title, DashboardLimits.MAX_TITLE_CHARS, "title");
    }
  }
}
