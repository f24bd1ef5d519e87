package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.AccumulatorConfig.OnMaxKeys;
import io.cadenza.accumulate.KeyTable;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.meter.AccumulatorMeters;

/**
 * The series of one shard, found by the key and tags of a line as they came. Belongs to the shard's
 * thread; finding one allocates nothing.
 *
 * <p>An <i>epoch</i> counts the intervals that were flushed; see {@link #next}.
 */
final class SeriesStore {
  /** At how many entries is looked to find one that is idle. */
  private static final int LOOKS = 32;

  /** What is behind the key of a line that has tags is nearly always longer. */
  private static final int WITHOUT_TAGS = 12;

  private final KeyTable<Held> table = new KeyTable<>();
  private final StatsdShared shared;
  private final AccumulatorMeters meters;
  private final SeriesName name;
  private final boolean forgetIdle;
  private int hand;
  private int epoch;
  private int before;
  private long live;
  private Invalid why;

  /** Nobody reads it: but it has to be worked out. */
  int lookedAt;

  SeriesStore(StatsdShared shared, AccumulatorMeters meters) {
    this.shared = shared;
    this.meters = meters;
    name = new SeriesName(shared.config.tags(), shared.config.clean());
    forgetIdle = shared.common.onMaxKeys() == OnMaxKeys.FORGET_IDLE;
  }

  /** How many keys there are, other spellings included. */
  int count() {
    return table.count();
  }

  Held at(int place) {
    return table.at(place);
  }

  /** How many series are flushed. */
  long live() {
    return live;
  }

  /** Intervals that were flushed, of all flushes. */
  int epoch() {
    return epoch;
  }

  /** Another flush is due, of so many intervals. */
  void next(int intervals) {
    before = epoch;
    epoch += intervals;
  }

  /** Why {@link #find} found none; null when there is no room. */
  Invalid why() {
    return why;
  }

  /** The name that was read last. */
  SeriesName name() {
    return name;
  }

  /** The hash of the name of a line, for {@link #likelyHash} and {@link #find}. */
  int nameHash(byte[] b, int from, int to) {
    return table.nameHash(b, from, to);
  }

  /**
   * The hash of the key and tags of a line, if it is a usual one: for {@link #lookAhead}.
   *
   * @param keyEnd where the key ends, and {@code end} where the line does
   */
  int likelyHash(int nameHash, byte[] b, int keyEnd, int end) {
    if (end - keyEnd <= WITHOUT_TAGS) {
      return nameHash;
    }
    int sharp = Bytes.indexOf(b, keyEnd, end, (byte) '#');
    return sharp < 0 ? nameHash : table.hash(nameHash, b, sharp + 1, end);
  }

  /**
   * Has the memory look for the series of some keys; see {@link KeyTable#lookAhead}. Of timers the
   * place of the next sample too, and of sets the members. No call here that depends on the kind:
   * most would be guessed wrong, which costs more than it saves.
   */
  void lookAhead(int[] wanted, int count) {
    table.lookAhead(wanted, count);
    int seen = 0;
    for (int i = 0; i < count; i++) {
      seen += lookAt(table.first(wanted[i]));
    }
    lookedAt = seen;
  }

  /** The same for those at some places, from one downwards, which are walked next. */
  void lookAhead(int from, int count) {
    table.lookAhead(from, count);
    int seen = 0;
    for (int place = from; place > from - count && place >= 0; place--) {
      seen += lookAt(table.at(place));
    }
    lookedAt = seen;
  }

  /** Reads a byte of all that is read when a sample comes or at a flush, beside the beginning. */
  private static int lookAt(Held held) {
    if (held instanceof CounterSeries counter) {
      return counter.lookAt();
    }
    if (held instanceof TimerSeries timer) {
      return timer.lookAt();
    }
    if (held instanceof SetSeries set) {
      return set.lookAt();
    }
    if (held instanceof GaugeSeries gauge) {
      return gauge.lookAt();
    }
    return held instanceof Alias alias ? lookAt(alias.series()) : 0;
  }

  /**
   * The series that a line belongs to, made when there is none; null when it cannot be.
   *
   * @param kind as {@link SeriesKind#code}
   */
  Series find(int nameHash, byte[] b, int from, int to, int tagsFrom, int tagsTo, byte kind) {
    int hash = table.hash(nameHash, b, tagsFrom, tagsTo);
    Held held = table.find(hash, b, from, to, tagsFrom, tagsTo, kind);
    if (held != null) {
      Series series = held.series();
      if (!series.gone) {
        held.used = epoch;
        series.used = epoch;
        return series;
      }
      remove(held);
    }
    return missing(hash, b, from, to, tagsFrom, tagsTo, SeriesKind.of(kind));
  }

  private Series missing(
      int hash, byte[] b, int from, int to, int tagsFrom, int tagsTo, SeriesKind kind) {
    if (!readName(b, from, to, tagsFrom, tagsTo)) {
      return null;
    }
    boolean same = name.same(b, from, to, tagsFrom, tagsTo);
    Series series = same ? make(hash, kind) : canonical(kind);
    if (series == null) {
      return null;
    }
    series.used = epoch;
    if (!same && room(to - from + tagsTo - tagsFrom)) {
      byte[] key = new byte[to - from + tagsTo - tagsFrom];
      System.arraycopy(b, from, key, 0, to - from);
      System.arraycopy(b, tagsFrom, key, to - from, tagsTo - tagsFrom);
      Alias alias = new Alias(key, to - from, hash, series);
      alias.used = epoch;
      table.add(alias);
    }
    return series;
  }

  /**
   * Reads what {@link #name} tells; false when there is something wrong with it: see {@link #why}.
   */
  boolean readName(byte[] b, int from, int to, int tagsFrom, int tagsTo) {
    why = null;
    if (to - from + tagsTo - tagsFrom > AccumulatorConfig.LONGEST_KEY) {
      why = Invalid.TOO_LONG;
    } else if (!name.read(b, from, to, tagsFrom, tagsTo)) {
      why = Invalid.KEY;
    }
    return why == null;
  }

  private Series canonical(SeriesKind kind) {
    int hash = table.hash(name.bytes, 0, name.length, 0, 0);
    Held held = table.find(hash, name.bytes, 0, name.length, 0, 0, kind.code());
    if (held != null && held.series().gone) {
      remove(held);
      held = null;
    }
    return held == null ? make(hash, kind) : held.series();
  }

  private Series make(int hash, SeriesKind kind) {
    if (!room(name.length)) {
      return null;
    }
    Series series = Series.of(name, kind, hash, shared.samples);
    series.flushed = epoch;
    table.add(series);
    return series;
  }

  /** Adds a series that was read from elsewhere, as new; or answers the one that has its key. */
  Series adopt(Series read) {
    int length = read.key().length;
    int hash = table.hash(read.key(), 0, length, 0, 0);
    Held held = table.find(hash, read.key(), 0, length, 0, 0, read.kindCode());
    if (held != null && !held.series().gone) {
      held.series().used = epoch;
      return held.series();
    }
    if (held != null) {
      remove(held);
    }
    if (!room(length)) {
      return null;
    }
    Series series =
        Series.of(read.key(), read.nameLength(), read.tagsAt(), read.kind(), hash, shared.samples);
    series.flushed = epoch;
    series.used = epoch;
    table.add(series);
    return series;
  }

  private boolean room(int size) {
    return shared.room.take(size) || forgetIdle && forgetOne() && shared.room.take(size);
  }

  /** Looks at some entries in turn for one that got nothing since the last flush. */
  private boolean forgetOne() {
    for (int i = Math.min(LOOKS, table.count()); i > 0; i--) {
      hand = hand <= 0 || hand > table.count() ? table.count() - 1 : hand - 1;
      Held held = table.at(hand);
      Series series = held.series();
      if (held.used != epoch && (held != series || series.flushed == epoch)) {
        remove(held);
        meters.forgotten.increment();
        return true;
      }
    }
    return false;
  }

  /** A series gets a sample: it is flushed from now on. */
  void enliven(Series series) {
    if (!series.live) {
      series.live = true;
      live++;
    }
  }

  /** It is flushed no more, until it gets a sample. */
  void retire(Series series) {
    if (series.live) {
      series.live = false;
      live--;
    }
  }

  /** Another spelling that nobody used in the interval that was flushed. */
  boolean unused(Alias alias) {
    return alias.series().gone || alias.used - before < 0;
  }

  void remove(Held held) {
    table.remove(held);
    shared.room.giveBack(held.keyLength());
    if (held instanceof Series series) {
      retire(series);
      series.gone = true;
      series.release();
    }
  }

  /** The series of a key as it is flushed, or null. */
  Series exact(byte[] key, SeriesKind kind) {
    int hash = table.hash(key, 0, key.length, 0, 0);
    Held held = table.find(hash, key, 0, key.length, 0, 0, kind.code());
    return held instanceof Series series ? series : null;
  }
}
