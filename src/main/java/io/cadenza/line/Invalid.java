package io.cadenza.line;

import java.util.Locale;

/** Why bytes that came in are not a line, or a line is not taken. Each is counted by its label. */
public enum Invalid {
  /** Nothing between two newlines, or blanks only. */
  EMPTY,
  /** Longer than the listener's {@code max-line}. */
  TOO_LONG,
  /** The connection broke, or was closed for being idle, in the middle of it. */
  CUT_OFF,
  /** No key can be found: the format needs one and the line has none. */
  KEY,
  /** Not the number of fields that the format has. */
  FIELDS,
  /** The value is not a number. */
  VALUE,
  /** The value is not a number by name: {@code nan}. */
  NAN,
  /** The value is infinite. */
  INFINITE,
  /** The time is not a number, or infinite, or not a number by name. */
  TIME,
  /** The time is before 1970. */
  NEGATIVE_TIME,
  /** The key has a NUL byte. */
  NUL,
  /** The key is not UTF-8. */
  UTF8,
  /** The key has a character that the level does not allow. */
  CHARACTER,
  /** The key has an empty component, as in {@code a..b}. */
  EMPTY_COMPONENT,
  /** The tags behind the name are malformed. */
  TAGS,
  /** The type of a statsd line is missing or unknown. */
  TYPE,
  /** The sample rate of a statsd line is malformed. */
  RATE,
  /** A frame that is empty, too long or ends early. */
  FRAME,
  /** A pickle that is malformed or asks for more than data. */
  PICKLE,
  /** One item of a frame or document that is not a metric. */
  ITEM,
  /** Text that is not JSON. */
  JSON,
  /** Compressed input that can't be decompressed. */
  COMPRESSION;

  private static final Invalid[] ALL = values();

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** Its name in metrics and logs. */
  public String label() {
    return label;
  }

  /** The negative number by which hot code tells this reason: never an exception for bad input. */
  public int code() {
    return -1 - ordinal();
  }

  /** The reason told by a negative number. */
  public static Invalid of(long code) {
    return ALL[(int) (-1 - code)];
  }
}
