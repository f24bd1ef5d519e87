package io.cadenza.meter;

import java.util.function.LongSupplier;

/**
 * What is counted at an accumulator: {@code lines-in = lines-taken + invalid + dropped}, each line
 * once. What comes of them is {@code lines-out}, which has no balance with them: that is its point.
 */
public final class AccumulatorMeters {
  public final Tally linesIn;
  public final Tally bytesIn;
  public final Tally linesTaken;
  public final Tally samples;
  public final Tally linesOut;
  public final Tally flushes;
  public final Tally flushesMerged;
  public final Tally handedOver;
  public final Tally adopted;
  public final Tally notAdopted;
  public final Tally forgotten;
  public final Tally notFinite;
  public final Tally notSent;
  private final Meters.Scope scope;

  public AccumulatorMeters(Meters meters, String name) {
    scope = meters.scope("accumulator", name);
    linesIn = scope.counter("lines-in", "Lines that came to the shards");
    bytesIn = scope.counter("bytes-in", "Bytes that came to the shards");
    linesTaken = scope.counter("lines-taken", "Lines of which at least one value was taken");
    samples = scope.counter("samples", "Values that were taken");
    linesOut = scope.counter("lines-out", "Lines that were flushed");
    flushes = scope.counter("flushes", "Flushes of a shard that began");
    flushesMerged =
        scope.counter(
            "flushes-merged", "Flushes of a shard that became one with the next, as that was due");
    handedOver = scope.counter("handed-over", "Keys that were handed to a successor");
    adopted = scope.counter("adopted", "Keys that a predecessor handed over");
    notAdopted =
        scope.counter(
            "not-adopted",
            "What a predecessor handed over for which there was no room, or no rule any more");
    notFinite =
        scope.counter(
            "not-finite", "Lines that were not flushed, as their value is beyond any number");
    notSent =
        scope.counter(
            "not-sent", "Lines that were flushed when the time to stop was over, for nobody");
    forgotten = scope.counter("forgotten", "Idle keys that were forgotten to make room for others");
  }

  /** Lines of which no value was taken: {@code too-many-keys}, {@code too-late}, .... */
  public Tally dropped(String reason) {
    return scope.counter("dropped", "reason", reason, "Lines that were not taken, by reason");
  }

  /** Lines that had to wait until its shards had stopped. */
  public void missed(long lines, long bytes) {
    linesIn.add(lines);
    bytesIn.add(bytes);
    dropped("shutdown").add(lines);
  }

  /** Counts, for one thread, of lines of which every value is wrong. */
  public Reasons invalid() {
    return new Reasons(scope);
  }

  /** How many keys there are and may be, and bytes of them. */
  public void keys(
      LongSupplier keys, LongSupplier mostKeys, LongSupplier bytes, LongSupplier mostBytes) {
    scope.gauge("keys", keys, "Keys held");
    scope.gauge("keys-limit", mostKeys, "The bound of keys");
    scope.gauge("key-bytes", bytes, "Bytes of the keys held");
    scope.gauge("key-bytes-limit", mostBytes, "The bound of key-bytes");
  }

  /** What is on the way to all shards, in bytes, and how much may be. */
  public void queue(LongSupplier bytes, LongSupplier most) {
    scope.gauge("queue-bytes", bytes, "Bytes on the way to the shards");
    scope.gauge("queue-limit-bytes", most, "The bound of queue-bytes, of all shards together");
  }

  /** What is kept of values for percentiles, in bytes, and how much may be. */
  public void samples(LongSupplier bytes, LongSupplier most) {
    scope.gauge("sample-bytes", bytes, "Bytes of the values kept for percentiles");
    scope.gauge("sample-limit-bytes", most, "The bound of sample-bytes");
  }

  /** It is no more: what rises and falls is forgotten. */
  public void gone() {
    scope.forgetGauges();
  }
}
