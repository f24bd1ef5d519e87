package io.cadenza.api;

import io.cadenza.render.RenderException;
import io.cadenza.render.RenderException.Kind;
import io.cadenza.render.RenderLimits;
import java.util.function.LongSupplier;

/**
 * How far one request may still go: its time, and the points that it holds. One worker at a time
 * uses it up; {@link #cancel} is for any thread.
 */
final class Allowance {
  private final ApiLimits limits;
  private final Memory memory;
  private final LongSupplier nanos;
  private final long end;
  private long points;
  private volatile boolean cancelled;

  /**
   * @param nanos a clock as {@link System#nanoTime}; the time begins now
   */
  Allowance(ApiLimits limits, Memory memory, LongSupplier nanos) {
    this.limits = limits;
    this.memory = memory;
    this.nanos = nanos;
    this.end = nanos.getAsLong() + limits.timeout().toNanos();
  }

  /** Nobody waits for the answer any more: work on it ends soon. */
  void cancel() {
    cancelled = true;
  }

  /**
   * Goes on only if there is time left.
   *
   * @throws RenderException when there is none
   */
  void check() {
    if (left() <= 0) {
      throw new RenderException(Kind.TIME, late());
    }
  }

  /** What a client is told whose time is over. */
  String late() {
    return "The request took longer than "
        + limits.timeout().toMillis()
        + " ms (api.timeout) and was cut";
  }

  private long left() {
    return cancelled ? 0 : end - nanos.getAsLong();
  }

  /**
   * Goes on to fetch about so many points only if there is time and room for them.
   *
   * @throws RenderException or Refusal when there is not
   */
  void expect(long more) {
    check();
    if (points + more > limits.maxPoints()) {
      throw tooMany(limits.maxPoints(), "api.max-points");
    }
    if (points + more > memory.most()) {
      throw tooMany(memory.most(), "api.memory");
    }
    if (!memory.hasRoom(more)) {
      String text = "Other requests hold the points that there is room for; try again";
      throw new Refusal(503, text, "memory");
    }
  }

  private static RenderException tooMany(long most, String key) {
    String text = "More than " + most + " points in one request (" + key + ")";
    return new RenderException(Kind.LIMIT, text);
  }

  /**
   * Takes room for points that were fetched.
   *
   * @throws RenderException or Refusal as {@link #expect}
   */
  void take(long more) {
    expect(more);
    memory.take(more);
    points += more;
  }

  /** How many series may be named, and what a computation may take of time and points. */
  RenderLimits forRender() {
    return new RenderLimits(
        limits.maxSeries(), limits.maxPoints(), ApiLimits.FUNCTIONS, limits.timeout(), this::clock);
  }

  /** The clock for that; it leaps when nobody waits any more. */
  private long clock() {
    return cancelled ? end + 1 : nanos.getAsLong();
  }

  /** How far a search for names may go. */
  ApiLimits limits() {
    return limits;
  }

  /** Gives the room back; nobody uses the points any more. */
  void free() {
    memory.give(points);
    points = 0;
  }
}
