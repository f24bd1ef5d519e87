package io.cadenza.accumulate.statsd;

import java.util.Arrays;

/**
 * What is known of one key and kind. Belongs to the shard's thread.
 *
 * <p>A series that is to be deleted after a flush stays for one interval more without being
 * <i>live</i>: it is not flushed then, but need not be made anew when its next sample comes.
 */
abstract sealed class Series extends Held
    permits CounterSeries, GaugeSeries, TimerSeries, SetSeries {
  private final char nameLength;
  private final char tagsAt;

  /** The epoch up to which it has been flushed. */
  int flushed;

  /** Whether it is flushed, and counted. */
  boolean live;

  /** Whether there was a sample since it was flushed. */
  boolean touched;

  /** Whether it is in the table no more. */
  boolean gone;

  /** When its last sample came, since 1970. */
  long lastMillis;

  Series(byte[] key, int nameLength, int tagsAt, SeriesKind kind, int hash) {
    super(key, kind, hash);
    this.nameLength = (char) nameLength;
    this.tagsAt = (char) tagsAt;
  }

  static Series of(SeriesName name, SeriesKind kind, int hash, SampleRoom samples) {
    byte[] key = Arrays.copyOf(name.bytes, name.length);
    return of(key, name.nameLength, name.tagsAt, kind, hash, samples);
  }

  static Series of(
      byte[] key, int nameLength, int tagsAt, SeriesKind kind, int hash, SampleRoom samples) {
    return switch (kind) {
      case COUNTER -> new CounterSeries(key, nameLength, tagsAt, hash);
      case GAUGE -> new GaugeSeries(key, nameLength, tagsAt, hash);
      case TIMER -> new TimerSeries(key, nameLength, tagsAt, hash, samples);
      case SET -> new SetSeries(key, nameLength, tagsAt, hash);
    };
  }

  /** Of which kind it is. */
  final SeriesKind kind() {
    return SeriesKind.of(kindCode());
  }

  /** Where the name ends that says which shard has it. */
  final int nameLength() {
    return nameLength;
  }

  /** Where the tags begin. */
  final int tagsAt() {
    return tagsAt;
  }

  @Override
  final Series series() {
    return this;
  }

  /** What was flushed is forgotten, save for gauges. */
  abstract void reset();

  /** It is deleted: what else it holds is given back. */
  abstract void release();
}
