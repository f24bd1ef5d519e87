package io.cadenza.api.encode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/**
 * Python's pickle, protocol 2, of plain data: dicts, lists, text, whole and floating numbers, None,
 * True and False. Opcodes as in the source of Python's pickletools.
 */
public final class Pickle {
  private static final int LONG_BYTES = 8;

  private final Piece out;

  Pickle(Piece out) {
    this.out = out;
  }

  /**
   * The body that says this.
   *
   * @param value a Map, a List, a String, a Boolean, a Double, a Long, an Integer or null, and
   *     those within
   */
  public static Body body(Object value) {
    Piece all = new Piece();
    Pickle pickle = new Pickle(all);
    pickle.begin();
    pickle.value(value);
    pickle.end();
    return new Body.Whole(all);
  }

  void begin() {
    out.write(0x80);
    out.write(2);
  }

  void end() {
    out.write('.');
  }

  /** An empty list, to which what follows up to {@link #append} is added. */
  void list() {
    out.write(']');
    out.write('(');
  }

  /** Adds what came since {@link #list} or {@link #mark}. */
  void append() {
    out.write('e');
  }

  /** More for the same list. */
  void mark() {
    out.write('(');
  }

  /** An empty dict, to which keys and values up to {@link #put} are added. */
  void dict() {
    out.write('}');
    out.write('(');
  }

  /** Adds what came since {@link #dict}. */
  void put() {
    out.write('u');
  }

  void text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    out.write('X');
    out.littleEndian(utf8.length);
    out.write(utf8, 0, utf8.length);
  }

  void whole(long number) {
    if (number == (int) number) {
      out.write('J');
      out.littleEndian((int) number);
    } else {
      out.write(0x8a);
      out.write(LONG_BYTES);
      out.littleEndian((int) number);
      out.littleEndian((int) (number >> 32));
    }
  }

  /** A floating number; None for NaN, which is no value. */
  void real(double number) {
    if (Double.isNaN(number)) {
      none();
    } else {
      out.write('G');
      out.bigEndian(Double.doubleToRawLongBits(number));
    }
  }

  void none() {
    out.write('N');
  }

  private void value(Object value) {
    if (value instanceof Map<?, ?> map) {
      dict();
      map.forEach(
          (key, inner) -> {
            value(key);
            value(inner);
          });
      put();
    } else if (value instanceof List<?> all) {
      list();
      all.forEach(this::value);
      append();
    } else {
      scalar(value);
    }
  }

  private void scalar(Object value) {
    if (value == null) {
      none();
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Boolean truth) {
      out.write(truth ? 0x88 : 0x89);
    } else if (value instanceof Double real) {
      real(real);
    } else {
      whole(((Number) value).longValue());
    }
  }
}
