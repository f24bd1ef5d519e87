package io.cadenza.accumulate.statsd;

import io.cadenza.format.StatsdText;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Tally;

/**
 * Reads lines and gives their samples to the series. Belongs to the shard's thread; allocates
 * nothing for a line of a known key.
 */
final class LineTaker {
  private static final byte[] EMPTY_MEMBER = {'0'};

  private final StatsdShared shared;
  private final SeriesStore store;
  private final Flusher flusher;
  private final SeriesLines out;
  private final Tally tooManyKeys;
  private final Tally tooManyMembers;
  private final Tally queueFull;
  private final UsualLine usual = new UsualLine();
  private final Segment segment = new Segment();
  private long nowMillis;
  private long samples;
  private long bad;
  private boolean emitted;
  private byte[] b;
  private int keyFrom;
  private int keyTo;
  private int nameHash;
  private int tagsFrom;
  private int tagsTo;
  private Invalid why;
  private Tally noRoom;

  LineTaker(
      StatsdShared shared,
      SeriesStore store,
      Flusher flusher,
      SeriesLines out,
      AccumulatorMeters meters) {
    this.shared = shared;
    this.store = store;
    this.flusher = flusher;
    this.out = out;
    tooManyKeys = meters.dropped("too-many-keys");
    tooManyMembers = meters.dropped("too-many-members");
    queueFull = meters.dropped("queue-full");
  }

  /**
   * A batch begins.
   *
   * @param bytes where its lines are
   */
  void begin(byte[] bytes, long now) {
    b = bytes;
    nowMillis = now;
    samples = 0;
    bad = 0;
    emitted = false;
  }

  /** Samples that were taken in this batch. */
  long samples() {
    return samples;
  }

  /** Segments and values of this batch that are wrong. */
  long bad() {
    return bad;
  }

  /** Whether lines were emitted at once. */
  boolean emitted() {
    return emitted;
  }

  /** Why the first value of the last line was not taken; null when there was no room for it. */
  Invalid why() {
    return why;
  }

  /** Where it is counted that there was no room. */
  Tally noRoom() {
    return noRoom;
  }

  /**
   * Takes a line; answers whether any value of it was taken.
   *
   * @param hash of its name, as the store has it
   */
  boolean take(int start, int keyEnd, int end, int hash) {
    nameHash = hash;
    keyFrom = start;
    keyTo = keyEnd;
    if (usual.read(b, keyEnd + 1, end)) {
      tagsFrom = usual.tagsFrom;
      tagsTo = usual.tagsTo;
      return takeUsual();
    }
    return takeAny(end);
  }

  private boolean takeUsual() {
    Series series = store.find(nameHash, b, keyFrom, keyTo, tagsFrom, tagsTo, usual.kind);
    if (series == null) {
      return noSeries();
    }
    touch(series);
    switch (series.kind()) {
      case COUNTER -> {
        return given(((CounterSeries) series).add(usual.value * usual.scale));
      }
      case TIMER -> {
        return given(((TimerSeries) series).add(usual.value, usual.scale));
      }
      case GAUGE -> {
        return given(set((GaugeSeries) series, usual.value, false));
      }
      default -> {
        return member((SetSeries) series, keyTo + 1, usual.valueTo);
      }
    }
  }

  private boolean noSeries() {
    why = store.why();
    noRoom = tooManyKeys;
    bad += why == null ? 0 : 1;
    return false;
  }

  private void touch(Series series) {
    flusher.before(series);
    store.enliven(series);
    series.touched = true;
    series.lastMillis = nowMillis;
  }

  /** A value was taken, or else was too large to be. */
  private boolean given(boolean taken) {
    return taken ? taken() : wrong(Invalid.INFINITE);
  }

  private boolean taken() {
    samples++;
    return true;
  }

  private boolean wrong(Invalid reason) {
    why = reason;
    bad++;
    return false;
  }

  private boolean set(GaugeSeries gauge, double value, boolean signed) {
    gauge.flushesLeft = shared.config.lifetimes().gaugeFlushes();
    return gauge.set(value, signed);
  }

  private boolean member(SetSeries set, int from, int to) {
    boolean taken =
        from == to ? set.add(EMPTY_MEMBER, 0, 1, shared.room) : set.add(b, from, to, shared.room);
    if (taken) {
      return taken();
    }
    why = null;
    noRoom = tooManyMembers;
    return false;
  }

  /** The slow way, for lines of several segments or values, odd numbers, and wrong ones. */
  private boolean takeAny(int end) {
    findTags(end);
    boolean any = false;
    Invalid first = null;
    Tally firstRoom = null;
    for (int at = keyTo + 1; at <= end; ) {
      int to = StatsdText.segmentEnd(b, at, end);
      boolean taken = takeSegment(at, to);
      if (!taken && first == null && firstRoom == null) {
        first = why;
        firstRoom = why == null ? noRoom : null;
      }
      any |= taken;
      at = to + 1;
    }
    why = first;
    noRoom = firstRoom;
    return any;
  }

  /** The first tags of a line are those of all its segments. */
  private void findTags(int end) {
    tagsFrom = 0;
    tagsTo = 0;
    for (int bar = Bytes.indexOf(b, keyTo, end, (byte) '|');
        bar >= 0;
        bar = Bytes.indexOf(b, bar + 1, end, (byte) '|')) {
      if (bar + 1 < end && b[bar + 1] == '#') {
        tagsFrom = bar + 2;
        int next = Bytes.indexOf(b, tagsFrom, end, (byte) '|');
        tagsTo = next < 0 ? end : next;
        return;
      }
    }
  }

  private boolean takeSegment(int from, int to) {
    Invalid reason = segment.read(b, from, to);
    if (reason != null) {
      return wrong(reason);
    }
    return segment.text
        ? takeValue(segment.valuesFrom, segment.valuesTo)
        : takeValues(segment.valuesFrom, segment.valuesTo);
  }

  /** Values with colons between; where there is nothing between two, there is no value. */
  private boolean takeValues(int from, int to) {
    boolean any = false;
    boolean none = true;
    for (int at = from; at <= to; ) {
      int colon = Bytes.indexOf(b, at, to, (byte) ':');
      int end = colon < 0 ? to : colon;
      if (at < end) {
        any |= takeValue(at, end);
        none = false;
      }
      at = end + 1;
    }
    return none ? wrong(Invalid.VALUE) : any;
  }

  private boolean takeValue(int from, int to) {
    double value = segment.text ? 0 : ScriptNumber.value(b, from, to);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return wrong(ScriptNumber.whyNot(b, from, to));
    }
    if (value < 0 && !segment.negative) {
      return wrong(Invalid.VALUE);
    }
    double scaled = segment.kind == SeriesKind.COUNTER ? value * segment.scale : value;
    if (Double.isInfinite(scaled)) {
      return wrong(Invalid.INFINITE);
    }
    return segment.seconds >= 0 ? timed(scaled) : sample(scaled, from, to);
  }

  private boolean sample(double value, int from, int to) {
    Series series = store.find(nameHash, b, keyFrom, keyTo, tagsFrom, tagsTo, segment.kind.code());
    if (series == null) {
      return noSeries();
    }
    touch(series);
    return switch (segment.kind) {
      case COUNTER -> given(((CounterSeries) series).add(value));
      case TIMER -> given(((TimerSeries) series).add(value, segment.scale));
      case GAUGE -> given(set((GaugeSeries) series, value, b[from] == '+' || b[from] == '-'));
      case SET -> member((SetSeries) series, from, to);
    };
  }

  /**
   * A sample with a time of its own goes off at once, as the Datadog agent does it; there is no
   * interval in which it could wait for room.
   */
  private boolean timed(double value) {
    if (!flusher.hasRoom()) {
      why = null;
      noRoom = queueFull;
      return false;
    }
    if (!store.readName(b, keyFrom, keyTo, tagsFrom, tagsTo)) {
      return noSeries();
    }
    SeriesName name = store.name();
    out.key(name.bytes, name.tagsAt, name.length);
    out.timed(segment.kind, value, flusher.flushSeconds(), segment.seconds);
    emitted = true;
    return taken();
  }
}
