package io.cadenza.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cadenza.format.DoubleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Prints maps as node prints its objects ({@code util.inspect} with its defaults), so that what has
 * parsed node statsd's answers goes on parsing ours. The rules, and the numbers in them, are those
 * of node 20's lib/internal/util/inspect.js. Plain; the text comes in pieces, as there may be much.
 */
final class Inspect {
  /** What is no longer than this is one line: {@code breakLength}. */
  static final int BREAK = 80;

  /** What node adds to the length of a line before it compares: its {@code start}. */
  private static final int START = 10;

  private static final long MOST_INDEX = 4_294_967_294L;
  private static final int LONGEST_INDEX = 10;

  private Inspect() {}

  /** An object of numbers. */
  static Iterator<String> numbers(Map<String, Double> all) {
    return object(all, Inspect::number);
  }

  /** An object of arrays of numbers. */
  static Iterator<String> lists(Map<String, TimerValues> all) {
    return object(all, InspectArray::text);
  }

  private static <T> Iterator<String> object(Map<String, T> all, Function<T, String> text) {
    if (all.isEmpty()) {
      return List.of("{}").iterator();
    }
    Iterator<String> properties =
        ordered(all).map(p -> key(p.getKey()) + ": " + text.apply(p.getValue())).iterator();
    if (!mayFit(all.size(), 0)) {
      return lines(properties);
    }
    List<String> few = new ArrayList<>();
    properties.forEachRemaining(few::add);
    return fits(few, 0)
        ? List.of("{ " + String.join(", ", few) + " }").iterator()
        : lines(few.iterator());
  }

  /** Keys that are indexes of arrays come first, by their size: so are all objects. */
  private static <T> Stream<Map.Entry<String, T>> ordered(Map<String, T> all) {
    Comparator<Map.Entry<String, T>> bySize =
        Comparator.comparingLong(entry -> Long.parseLong(entry.getKey()));
    return Stream.concat(
        all.entrySet().stream().filter(entry -> isIndex(entry.getKey())).sorted(bySize),
        all.entrySet().stream().filter(entry -> !isIndex(entry.getKey())));
  }

  private static boolean isIndex(String key) {
    if (key.isEmpty() || key.length() > LONGEST_INDEX || key.length() > 1 && key.charAt(0) == '0') {
      return false;
    }
    return key.chars().allMatch(c -> c >= '0' && c <= '9') && Long.parseLong(key) <= MOST_INDEX;
  }

  private static boolean mayFit(int entries, int indentation) {
    return 3L * entries + indentation + 1 + START <= BREAK;
  }

  /** Whether entries are printed in one line: {@code isBelowBreakLength}. */
  static boolean fits(List<String> entries, int indentation) {
    if (!mayFit(entries.size(), indentation)) {
      return false;
    }
    int length = 2 * entries.size() + indentation + 1 + START;
    for (String entry : entries) {
      length += entry.length();
    }
    return length <= BREAK && entries.stream().noneMatch(entry -> entry.indexOf('\n') >= 0);
  }

  /** An object with a line for each property. */
  private static Iterator<String> lines(Iterator<String> properties) {
    return new Iterator<>() {
      private String before = "{\n  ";

      @Override
      public boolean hasNext() {
        return !before.isEmpty();
      }

      @Override
      public String next() {
        String piece = before + properties.next();
        before = properties.hasNext() ? ",\n  " : "";
        return before.isEmpty() ? piece + "\n}" : piece;
      }
    };
  }

  /** A number; zero has a sign here. */
  static String number(double number) {
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    byte[] text = new byte[DoubleText.LONGEST];
    return new String(text, 0, DoubleText.write(number, text, 0), ISO_8859_1);
  }

  /** The name of a property: bare where it is an identifier of ASCII, else in quotes. */
  static String key(String key) {
    if (key.equals("__proto__")) {
      return "['__proto__']";
    }
    return isPlain(key) ? key : InspectText.quoted(key);
  }

  private static boolean isPlain(String key) {
    return !key.isEmpty()
        && !isDigit(key.charAt(0))
        && key.chars().allMatch(c -> isDigit(c) || isLetter(c) || c == '_');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
