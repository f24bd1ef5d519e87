package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.config.Settings;
import io.cadenza.store.Aggregate;
import io.cadenza.store.GuessTable;
import io.cadenza.store.Retention;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where whisper files are, what new ones are like, and how they are written.
 *
 * @param path the folder
 * @param retentions of new files, finest first, where there are no {@code schemas}
 * @param schemas carbon's storage-schemas.conf; nothing without one
 * @param aggregation carbon's storage-aggregation.conf; nothing without one
 * @param xFilesFactor of new files of which {@code aggregation} says nothing; NaN: by their method
 * @param writesPerSecond files that are updated; 0: as many as it takes
 * @param createsPerMinute files that are made; 0: as many as it takes
 * @param hashTagged whether the file of a key with tags has a hash for a name
 * @param sparse whether a new file takes room on the disk only when it is written to
 * @param lock whether flock is taken for each update
 * @param openFiles how many are kept open; 0: as many as the process may, but for some
 * @param checkFiles how long may pass until a file that others have replaced is noticed
 * @param warnings what carbon would tell of its files, and go on
 */
public record WhisperConfig(
    Path path,
    List<Retention> retentions,
    Optional<StorageSchemas> schemas,
    Optional<StorageAggregation> aggregation,
    double xFilesFactor,
    int writesPerSecond,
    int createsPerMinute,
    boolean hashTagged,
    boolean sparse,
    boolean lock,
    Fsync fsync,
    int openFiles,
    Duration checkFiles,
    List<String> warnings) {
  private static final int MOST = 1_000_000_000;
  private static final int MOST_FILES = 1_000_000;

  /** The half of them must be there, as whisper has it by itself and in its example. */
  private static final double HALF = 0.5;

  private static final double ONE_OF_TEN = 0.1;

  /** Reads the block of a store with this driver. */
  public static WhisperConfig read(Settings s) {
    List<String> warnings = new ArrayList<>();
    return new WhisperConfig(
        path(s),
        retentions(s),
        s.has("schemas")
            ? Optional.of(StorageSchemas.read(s, "schemas", warnings))
            : Optional.empty(),
        s.has("aggregations")
            ? Optional.of(StorageAggregation.read(s, "aggregations", warnings))
            : Optional.empty(),
        s.has("x-files-factor") ? s.fraction("x-files-factor", 0, 1) : Double.NaN,
        s.count("writes-per-second", 0, MOST),
        s.count("creates-per-minute", 0, MOST),
        s.flag("hash-tagged"),
        s.flag("sparse"),
        s.flag("lock"),
        s.choice("fsync", Fsync.class),
        s.count("open-files", 0, MOST_FILES),
        s.duration("check-files", Duration.ZERO, Duration.ofDays(1)),
        List.copyOf(warnings));
  }

  private static Path path(Settings s) {
    String text = s.text("path");
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
      s.problem("path", "is empty; give a folder");
    } catch (InvalidPathException notAPath) {
      s.problem("path", "is not a path; give a folder");
    }
    return Path.of("whisper");
  }

  private static List<Retention> retentions(Settings s) {
    List<String> texts = s.texts("retentions");
    List<Retention> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<Retention> one = Retention.parse(texts.get(i).strip());
      if (one.isEmpty()) {
        s.problem("retentions[" + i + "]", "\"" + texts.get(i) + "\" " + Retention.WANTED);
      }
      one.ifPresent(all::add);
    }
    if (all.size() == texts.size()) {
      all.sort((a, b) -> Integer.compare(a.step(), b.step()));
      Layout.problem(all).ifPresent(why -> s.problem("retentions", why));
    }
    return List.copyOf(all);
  }

  /** How far back points are kept, at most. */
  public Duration reach() {
    List<Retention> all = schemas.isPresent() ? schemas.get().all() : retentions;
    return Duration.ofSeconds(all.stream().mapToLong(Retention::seconds).max().orElse(0));
  }

  /** How finer points of a new file become coarser ones, and what a value is of its interval. */
  Aggregate method(byte[] key, int from, int to) {
    return aggregation
        .flatMap(rules -> rules.of(new String(key, from, to - from, UTF_8)))
        .map(StorageAggregation.Rule::method)
        .orElseGet(() -> GuessTable.method(key, from, to));
  }

  /** The retentions of a new file, finest first. */
  List<Retention> retentions(String key) {
    return schemas.map(rules -> rules.of(key)).orElse(retentions);
  }

  /** What the file of a key is like when it is made. */
  Layout layout(byte[] key) {
    String name = new String(key, UTF_8);
    Optional<StorageAggregation.Rule> rule = aggregation.flatMap(rules -> rules.of(name));
    Aggregate method =
        rule.map(StorageAggregation.Rule::method)
            .orElseGet(() -> GuessTable.method(key, 0, key.length));
    double factor = rule.map(StorageAggregation.Rule::xFilesFactor).orElseGet(() -> factor(method));
    return Layout.of(retentions(name), method, factor);
  }

  /**
   * As the example of storage-aggregation.conf has it, and Cadent meant it: of a sum all counts,
   * and the largest or smallest of a few is still one. An average or last value of a tenth of the
   * time would be taken for that of all of it.
   */
  private double factor(Aggregate method) {
    if (!Double.isNaN(xFilesFactor)) {
      return xFilesFactor;
    }
    return switch (method) {
      case SUM -> 0;
      case MIN, MAX, ABSMIN, ABSMAX -> ONE_OF_TEN;
      case AVERAGE, AVG_ZERO, LAST -> HALF;
    };
  }
}
