package dev.tutti.config;

/** How the settings are grouped in {@code --help} and in the documentation. */
public enum Section {
  NETWORK("Network"),
  ACCESS("Access"),
  STORAGE("Storage"),
  FLEET("Fleet"),
  ROOMS("Rooms"),
  LIMITS("Limits"),
  METRICS("Metrics"),
  LOGS("Logs");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  /** The heading, without a colon. */
  public String title() {
    return title;
  }
}
