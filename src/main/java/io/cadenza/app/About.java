package io.cadenza.app;

import java.util.Map;

/** What this process tells about itself. */
final class About {
  private About() {}

  /** The version as built, or {@code dev} when it runs from classes. */
  static String version() {
    String version = About.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  static Map<String, Object> process() {
    return Map.of("version", version(), "pid", ProcessHandle.current().pid());
  }
}
