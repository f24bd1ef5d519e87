package io.cadenza.admin;

/**
 * What a statsd accumulator tells about itself, all its shards together.
 *
 * @param lastMessage when the last line came, in seconds since 1970; 0 where none has
 * @param badLines how many lines were none
 * @param lastFlush when it flushed last, in seconds since 1970; 0 where it has not
 * @param lastException when a flush failed last, in seconds since 1970; 0 where none has
 * @param flushMillis how long the last flush took
 * @param flushLength the bytes of the last flush
 */
public record StatsdFigures(
    long lastMessage,
    long badLines,
    long lastFlush,
    long lastException,
    long flushMillis,
    long flushLength) {
  /** Where nothing has happened. */
  public static final StatsdFigures NONE = new StatsdFigures(0, 0, 0, 0, 0, 0);

  /** Both as one: the last time of the two, the longer of two times, the sum of counts. */
  StatsdFigures and(StatsdFigures other) {
    return new StatsdFigures(
        Math.max(lastMessage, other.lastMessage),
        badLines + other.badLines,
        Math.max(lastFlush, other.lastFlush),
        Math.max(lastException, other.lastException),
        Math.max(flushMillis, other.flushMillis),
        flushLength + other.flushLength);
  }
}
