package io.cadenza.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds what a configuration includes beside the file that includes it, as HOCON means it. */
final class BesideFile implements ConfigIncluder {
  private final Path folder;
  private final ConfigIncluder otherwise;

  /**
   * @param file the one that includes
   */
  BesideFile(Path file) {
    this(file.toAbsolutePath().getParent(), null);
  }

  private BesideFile(Path folder, ConfigIncluder otherwise) {
    this.folder = folder;
    this.otherwise = otherwise;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return new BesideFile(folder, fallback);
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    Path file = folder.resolve(what);
    if (Files.isRegularFile(file)) {
      return ConfigFactory.parseFile(file.toFile()).root();
    }
    return otherwise == null ? ConfigFactory.empty().root() : otherwise.include(context, what);
  }
}
