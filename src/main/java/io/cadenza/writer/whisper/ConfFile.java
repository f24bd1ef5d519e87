package io.cadenza.writer.whisper;

import io.cadenza.config.Settings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of carbon's with sections, that a key of the configuration names: read together with the
 * configuration, so that a reload sees it anew.
 */
final class ConfFile {
  private static final long MOST_BYTES = 16L << 20;

  private final Settings settings;
  private final String key;
  private final Path path;
  private final List<String> warnings;

  /**
   * @param key is set, to a file's name
   * @param warnings what carbon would write into its log, and go on
   */
  ConfFile(Settings settings, String key, List<String> warnings) {
    this.settings = settings;
    this.key = key;
    this.path = settings.file(key);
    this.warnings = warnings;
  }

  /** Its sections in their order; none when the file cannot be read, which is told. */
  List<Section> sections() {
    return ConfText.read(text(), this::wrong);
  }

  private String text() {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      return ""; // That is told already.
    }
    try {
      if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
        settings.problem(key, "\"" + path + "\" is no such file; give one of at most 16MiB");
        return "";
      }
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      settings.problem(key, "\"" + path + "\" is not in UTF-8");
    } catch (IOException e) {
      settings.problem(key, "\"" + path + "\" can't be read: " + e);
    }
    return "";
  }

  /** Tells what is wrong at a line, with which carbon would not start. */
  void wrong(int line, String problem) {
    settings.problem(key, path + ":" + line + ": " + problem);
  }

  /** Tells of a section that carbon leaves out, and goes on. */
  void leftOut(Section section, String why) {
    warnings.add(path + ":" + section.line() + ": [" + section.name() + "] is left out: " + why);
  }
}
