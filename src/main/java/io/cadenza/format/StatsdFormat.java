package io.cadenza.format;

import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;

/**
 * Statsd and dogstatsd lines that are relayed without being accumulated: {@code
 * key:value|type|@rate|#tags}, several {@code value|type} or values in one line, events and service
 * checks.
 *
 * <p>The key is what statsd's cluster proxy hashes: the text before the first colon as it came,
 * tags not part of it; for an event therefore {@code _e{5,4}}. A service check ({@code _sc|name|0})
 * has its colon, if any, in its tags: its key is the check's name.
 *
 * <p>Hot path: called for every line, from any thread; keeps nothing.
 */
public final class StatsdFormat implements LineFormat {
  private static final byte[] EVENT = {'_', 'e', '{'};
  private static final byte[] SERVICE_CHECK = {'_', 's', 'c', '|'};

  @Override
  public String name() {
    return "statsd";
  }

  @Override
  public boolean counted() {
    return true;
  }

  /** Node statsd and its proxy look at a key from the first byte of its line. */
  @Override
  public boolean keepsBlanks() {
    return true;
  }

  /** Whether the line is an event or a service check of dogstatsd: nothing to be accumulated. */
  public static boolean isEvent(byte[] bytes, int start, int end) {
    return Bytes.startsWith(bytes, start, end, EVENT)
        || Bytes.startsWith(bytes, start, end, SERVICE_CHECK);
  }

  @Override
  public long key(byte[] bytes, int start, int end) {
    if (start == end) {
      return Invalid.EMPTY.code();
    }
    if (Bytes.startsWith(bytes, start, end, SERVICE_CHECK)) {
      int from = start + SERVICE_CHECK.length;
      int bar = Bytes.indexOf(bytes, from, end, (byte) '|');
      return found(from, bar < 0 ? end : bar);
    }
    return found(start, Bytes.indexOf(bytes, start, end, (byte) ':'));
  }

  private static long found(int from, int to) {
    return to > from ? LineFormat.span(from, to) : Invalid.KEY.code();
  }

  /**
   * Medium asks for one segment that node statsd or the Datadog agent would take; strict for all of
   * them to be right: known types, decimal values, rates above 0 and up to 1.
   */
  @Override
  public Invalid check(Validation level, byte[] bytes, int keyStart, int keyEnd, int end) {
    boolean strict = level == Validation.STRICT;
    if (keyEnd == end || bytes[keyEnd] != ':') {
      Invalid bad = KeyText.characters(bytes, keyStart, keyEnd);
      return bad != null ? bad : StatsdText.serviceCheck(strict, bytes, keyEnd, end);
    }
    if (Bytes.startsWith(bytes, keyStart, keyEnd, EVENT)) {
      return StatsdText.event(strict, bytes, keyStart + EVENT.length, keyEnd, end);
    }
    Invalid bad =
        strict
            ? KeyText.check(level, bytes, keyStart, keyEnd)
            : KeyText.characters(bytes, keyStart, keyEnd);
    return bad != null ? bad : segments(strict, bytes, keyEnd + 1, end);
  }

  /** One segment that is right is enough; when strict, one that is wrong is too many. */
  private static Invalid segments(boolean strict, byte[] b, int from, int end) {
    Invalid first = null;
    for (int at = from; at <= end; ) {
      int to = StatsdText.segmentEnd(b, at, end);
      Invalid bad = StatsdText.segment(strict, b, at, to);
      if (strict == (bad != null)) {
        return bad;
      }
      first = first == null ? bad : first;
      at = to + 1;
    }
    return first;
  }
}
