package io.cadenza.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a configuration: a HOCON file over the reference, which holds all defaults.
 *
 * <p>Called at start and by the commands, before anything runs; reads files, so never on an event
 * loop. {@code include}, substitutions and {@code ${?ENV}} work as HOCON defines them.
 */
public final class Configuration {
  private static final String REFERENCE = "io/cadenza/reference.conf";
  private static final String BUILT_IN = "io/cadenza/default.conf";

  private Configuration() {}

  /**
   * Reads a file, or the built-in configuration when the file is null.
   *
   * @throws ConfigException when it is missing, cannot be read, or is no HOCON
   */
  public static Settings load(Path file) {
    return file == null ? loadResource(BUILT_IN) : over(parse(file));
  }

  /**
   * Reads a configuration from text.
   *
   * @param name stands for the file in problems
   * @throws ConfigException when it is no HOCON
   */
  public static Settings read(String text, String name) {
    ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(name);
    return over(HoconProblem.told(name, () -> ConfigFactory.parseString(text, options)));
  }

  /** Every key of the reference that has a value or {@code null}: {@code defaults.listener.url}. */
  public static Set<String> referenceKeys() {
    Set<String> keys = new TreeSet<>();
    addKeys(reference().root(), "", keys);
    return keys;
  }

  static Settings loadResource(String resource) {
    return over(HoconProblem.told(resource, () -> resource(resource)));
  }

  private static void addKeys(ConfigObject block, String path, Set<String> keys) {
    for (var entry : block.entrySet()) {
      String key = Shown.path(path, entry.getKey());
      ConfigValue value = entry.getValue();
      if (value instanceof ConfigObject inner) {
        addKeys(inner, key, keys);
      } else {
        keys.add(key);
      }
    }
  }

  private static Config parse(Path file) {
    if (!Files.exists(file)) {
      throw failed(file, "there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw failed(file, "is a folder; give a file");
    }
    if (!Files.isReadable(file)) {
      throw failed(file, "cannot be read; check its permissions");
    }
    ConfigParseOptions options = ConfigParseOptions.defaults().setAllowMissing(false);
    return HoconProblem.told(file.toString(), () -> parse(file, options));
  }

  private static Config parse(Path file, ConfigParseOptions options) {
    try {
      // An include is looked for beside the file only where the file's path has a folder.
      return ConfigFactory.parseFile(file.toAbsolutePath().toFile(), options);
    } catch (com.typesafe.config.ConfigException.Parse wrong) {
      try {
        String text = SideBySide.separated(Files.readString(file));
        ConfigParseOptions besides =
            options.setOriginDescription(file.toString()).prependIncluder(new BesideFile(file));
        return ConfigFactory.parseString(text, besides);
      } catch (com.typesafe.config.ConfigException.Parse | IOException again) {
        throw wrong;
      }
    }
  }

  private static ConfigException failed(Path file, String message) {
    return new ConfigException(List.of(new Problem(file.toString(), "", message, "")));
  }

  private static Settings over(Config config) {
    Config reference = reference();
    Config whole =
        HoconProblem.told("configuration", () -> config.withFallback(reference).resolve());
    return Settings.root(whole.root(), reference.root(), new Problems());
  }

  private static Config reference() {
    return resource(REFERENCE).resolve();
  }

  private static Config resource(String name) {
    ConfigParseOptions options = ConfigParseOptions.defaults().setAllowMissing(false);
    return ConfigFactory.parseResources(Configuration.class.getClassLoader(), name, options);
  }
}
