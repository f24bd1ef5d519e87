package io.cadenza.format;

import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;

/**
 * Tells statsd from graphite line by line: what has a colon and behind it a bar is statsd, unless
 * it is a right graphite line all the same; so is a service check. All else is graphite.
 *
 * <p>Hot path: called for every line, from any thread; keeps nothing. Its lines are not cleansed,
 * as those of statsd can't be.
 */
public final class AutoFormat implements LineFormat {
  private static final byte[] SERVICE_CHECK = {'_', 's', 'c', '|'};

  /** What a connection sends, told by its first bytes. */
  public enum Kind {
    /** Lines of text. */
    LINES,
    /** Length-prefixed pickles. */
    PICKLE,
    /** JSON documents. */
    JSON
  }

  private final LineFormat graphite = new GraphiteFormat();
  private final LineFormat statsd = new StatsdFormat();

  /**
   * Tells by the first bytes of a connection or datagram. A frame shorter than 16 MiB begins with a
   * zero byte, which no line does; JSON with a brace or bracket behind blanks and newlines.
   */
  public static Kind detect(byte[] bytes, int from, int to) {
    if (from < to && bytes[from] == 0) {
      return Kind.PICKLE;
    }
    int at = from;
    while (at < to && bytes[at] <= ' ' && bytes[at] > 0) {
      at++;
    }
    boolean json = at < to && (bytes[at] == '{' || bytes[at] == '[');
    return json ? Kind.JSON : Kind.LINES;
  }

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public boolean counted() {
    return true;
  }

  @Override
  public long key(byte[] bytes, int start, int end) {
    int from = GraphiteFormat.behindBlanks(bytes, start, end);
    if (Bytes.startsWith(bytes, from, end, SERVICE_CHECK)) {
      return statsd.key(bytes, from, end);
    }
    int colon = Bytes.indexOf(bytes, from, end, (byte) ':');
    if (colon <= from || Bytes.indexOf(bytes, colon, end, (byte) '|') < 0) {
      return graphite.key(bytes, from, end);
    }
    long key = graphite.key(bytes, from, end);
    boolean right = key >= 0 && GraphiteFormat.fields(bytes, (int) key, end) == null;
    return right ? key : statsd.key(bytes, from, end);
  }

  /** Only a graphite key has a blank behind it. */
  @Override
  public Invalid check(Validation level, byte[] bytes, int keyStart, int keyEnd, int end) {
    boolean blank = keyEnd < end && (bytes[keyEnd] == ' ' || bytes[keyEnd] == '\t');
    return (blank ? graphite : statsd).check(level, bytes, keyStart, keyEnd, end);
  }
}
