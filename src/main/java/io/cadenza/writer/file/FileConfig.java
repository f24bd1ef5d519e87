package io.cadenza.writer.file;

import io.cadenza.config.Settings;
import io.cadenza.store.Retention;
import io.cadenza.store.Retentions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Files of points, as configured; reference.conf describes every key under {@code defaults.file}.
 *
 * @param path what the names of the files begin with
 * @param retentions finest first: the step of points that have none, and how long points are kept
 *     where nobody says
 * @param maxFileSize bytes of a file, after which another is begun
 * @param rotateEvery how often that is looked at
 * @param ttlInSeconds whether the last column is seconds, else nanoseconds
 */
public record FileConfig(
    Path path,
    List<Retention> retentions,
    long maxFileSize,
    Duration rotateEvery,
    boolean ttlInSeconds) {
  public FileConfig {
    retentions = List.copyOf(retentions);
  }

  /** Reads a store's block that says {@code driver = file}. */
  public static FileConfig read(Settings s) {
    return new FileConfig(
        path(s),
        Retentions.read(s, "retentions"),
        s.bytes("max-file-size", 1024, Long.MAX_VALUE),
        s.duration("rotate-every", Duration.ofMillis(1), Duration.ofDays(1)),
        s.text("ttl-unit", "ns", "s").equals("s"));
  }

  private static Path path(Settings s) {
    String text = s.text("path");
    try {
      Path path = Path.of(text);
      if (text.isBlank() || text.endsWith("/") || path.getFileName() == null) {
        s.problem(
            "path", "\"" + text + "\" names no file; give a folder and what names begin with");
      } else if (path.getFileName().toString().equals("..")) {
        s.problem("path", "\"" + text + "\" is a folder; give what names in it begin with");
      }
      return path;
    } catch (InvalidPathException notAPath) {
      s.problem("path", "is not a path; give a folder and what names in it begin with");
      return Path.of("metrics");
    }
  }

  /** The file of a resolution: {@code data/metrics_10s}. */
  Path file(int step) {
    return path.resolveSibling(path.getFileName() + "_" + step + "s");
  }
}
