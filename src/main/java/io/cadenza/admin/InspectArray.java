package io.cadenza.admin;

import java.util.ArrayList;
import java.util.List;

/**
 * Prints an array of numbers within an object, as {@link Inspect} does objects: more than six are
 * set in columns, as nearly square as letters allow ({@code groupArrayElements}).
 */
final class InspectArray {
  /** How far what is in an object is from the left. */
  private static final int INDENTATION = 2;

  private static final int SEPARATOR = 2;
  private static final int FEW = 6;
  private static final int MOST_COLUMNS = 12;

  /** How much higher than wide a letter is. */
  private static final double HIGH = 2.5;

  private InspectArray() {}

  static String text(TimerValues values) {
    if (values.count() == 0) {
      return "[]";
    }
    List<String> entries = new ArrayList<>();
    for (double value : values.first()) {
      entries.add(Inspect.number(value));
    }
    int numbers = entries.size();
    long more = values.count() - numbers;
    if (more > 0) {
      entries.add("... " + more + " more item" + (more > 1 ? "s" : ""));
    }
    List<String> rows = entries.size() > FEW ? rows(entries, numbers) : entries;
    return rows.size() == entries.size() && Inspect.fits(rows, INDENTATION)
        ? "[ " + String.join(", ", rows) + " ]"
        : "[\n    " + String.join(",\n    ", rows) + "\n  ]";
  }

  /**
   * Sets numbers in columns.
   *
   * @param entries the numbers, and maybe how many more there are
   * @return the same where columns would not look well
   */
  private static List<String> rows(List<String> entries, int numbers) {
    int columns = columns(entries, numbers);
    if (columns <= 1) {
      return entries;
    }
    int[] widths = widths(entries, numbers, columns);
    List<String> rows = new ArrayList<>();
    for (int from = 0; from < numbers; from += columns) {
      int to = Math.min(from + columns, numbers);
      StringBuilder row = new StringBuilder();
      for (int i = from; i < to; i++) {
        String text = entries.get(i);
        row.append(" ".repeat(widths[i - from] - text.length()));
        row.append(text).append(i < to - 1 ? ", " : "");
      }
      rows.add(row.toString());
    }
    rows.addAll(entries.subList(numbers, entries.size()));
    return rows;
  }

  private static int[] widths(List<String> entries, int numbers, int columns) {
    int[] widths = new int[columns];
    for (int i = 0; i < numbers; i++) {
      widths[i % columns] = Math.max(widths[i % columns], entries.get(i).length());
    }
    return widths;
  }

  /** How many columns there are to be; 1 for none. */
  private static int columns(List<String> entries, int numbers) {
    int total = 0;
    int longest = 0;
    for (String entry : entries.subList(0, numbers)) {
      total += entry.length() + SEPARATOR;
      longest = Math.max(longest, entry.length());
    }
    int width = longest + SEPARATOR;
    boolean alike = (double) total / width > FEW - 1 || longest <= FEW;
    if (width * 3 + INDENTATION >= Inspect.BREAK || !alike) {
      return 1;
    }
    double bias = Math.sqrt(width - (double) total / entries.size());
    double biased = Math.max(width - 3 - bias, 1);
    long square = Math.round(Math.sqrt(HIGH * biased * numbers) / biased);
    int room = (Inspect.BREAK - INDENTATION) / width;
    return (int) Math.min(square, Math.min(room, MOST_COLUMNS));
  }
}
