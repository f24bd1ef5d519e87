package io.cadenza.route;

import io.cadenza.config.Settings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of carbon's that a key of the configuration names: its lines, each with its number, and
 * where its problems are told. Read together with the configuration, so that a reload sees it anew.
 */
final class CarbonFile {
  private static final long MOST_BYTES = 64L << 20;

  private final Settings settings;
  private final String key;
  private final Path path;

  /**
   * @param key is set, to a file's name
   */
  CarbonFile(Settings settings, String key) {
    this.settings = settings;
    this.key = key;
    this.path = settings.file(key);
  }

  /** One line without the blanks around it. */
  record Line(int number, String text) {}

  /** The lines that are neither empty nor comments; none when the file cannot be read. */
  List<Line> lines() {
    List<Line> found = new ArrayList<>();
    int number = 0;
    for (String line : text().split("\r\n|\r|\n", -1)) {
      number++;
      String bare = line.strip();
      if (!bare.isEmpty() && !bare.startsWith("#")) {
        found.add(new Line(number, bare));
      }
    }
    return found;
  }

  private String text() {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      return ""; // That is told already.
    }
    try {
      if (!Files.isRegularFile(path) || Files.size(path) > MOST_BYTES) {
        settings.problem(key, "\"" + path + "\" is no file of rules; give one of at most 64MiB");
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

  /** Tells what is wrong with a line, and what would be right. */
  void wrong(Line line, String problem) {
    settings.problem(key, path + ":" + line.number() + ": " + problem);
  }
}
