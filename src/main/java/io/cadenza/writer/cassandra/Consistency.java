package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import io.cadenza.config.Settings;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * How many replicas have to answer, in Cassandra's words; {@code any} is not among them, since a
 * point that only a hint has can't be read and may be lost.
 */
public enum Consistency {
  /** One of the datacenter that is near, as Cadent means it. */
  ONE(DefaultConsistencyLevel.LOCAL_ONE),
  LOCAL_ONE(DefaultConsistencyLevel.LOCAL_ONE),
  TWO(DefaultConsistencyLevel.TWO),
  THREE(DefaultConsistencyLevel.THREE),
  LOCAL_QUORUM(DefaultConsistencyLevel.LOCAL_QUORUM),
  QUORUM(DefaultConsistencyLevel.QUORUM),
  /** A quorum of each datacenter; for writes only. */
  EACH_QUORUM(DefaultConsistencyLevel.EACH_QUORUM),
  ALL(DefaultConsistencyLevel.ALL);

  private final ConsistencyLevel level;

  Consistency(ConsistencyLevel level) {
    this.level = level;
  }

  ConsistencyLevel level() {
    return level;
  }

  static Consistency forWrites(Settings s, String key) {
    return read(s, key, any -> true);
  }

  static Consistency forReads(Settings s, String key) {
    return read(s, key, one -> one != EACH_QUORUM);
  }

  private static Consistency read(Settings s, String key, Predicate<Consistency> allowed) {
    String[] words =
        Arrays.stream(values()).filter(allowed).map(Consistency::word).toArray(String[]::new);
    return valueOf(s.text(key, words).toUpperCase(Locale.ROOT));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
