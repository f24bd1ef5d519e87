package io.cadenza.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long points of one resolution are kept: {@code 10s:6h}. Immutable.
 *
 * @param step seconds from one point to the next
 * @param seconds how long they are kept; at least a step
 */
public record Retention(int step, long seconds) {
  /** What is wanted of a text, for problems. */
  public static final String WANTED =
      "is no retention such as 10s:6h or 1m:7d; units are s m h d w mon y, and a bare number behind"
          + " the colon is a number of points";

  private static final Map<String, Long> UNITS =
      Map.of(
          "s",
          1L,
          "m",
          60L,
          "h",
          3600L,
          "d",
          86_400L,
          "w",
          604_800L,
          "mon",
          2_592_000L,
          "y",
          31_536_000L);

  private static final long LONGEST = 1000L * 31_536_000;

  /** How many points a series has of it. */
  public long points() {
    return seconds / step;
  }

  /** Where the interval of a time begins. */
  public long startOf(long time) {
    return time - Math.floorMod(time, (long) step);
  }

  /**
   * Reads what carbon's storage-schemas.conf and Cadent's {@code times} have: {@code 10s:6h},
   * {@code 60:1440}, where a bare number is seconds in front of the colon, and points behind it.
   * Fractions of a point are cut.
   */
  public static Optional<Retention> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String left = text.substring(0, colon).trim();
    String right = text.substring(colon + 1).trim();
    long step = bare(left) ? number(left) : time(left);
    if (step <= 0 || step > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    long points = bare(right) ? number(right) : time(right) / step;
    boolean fits = points > 0 && points <= LONGEST / step;
    return fits ? Optional.of(new Retention((int) step, step * points)) : Optional.empty();
  }

  /**
   * Why these can't be the archives of one series, as whisper has it; nothing when they can.
   *
   * @param finestFirst sorted by step
   */
  public static Optional<String> problem(List<Retention> finestFirst) {
    if (finestFirst.isEmpty()) {
      return Optional.of("there is none");
    }
    for (int i = 1; i < finestFirst.size(); i++) {
      Retention finer = finestFirst.get(i - 1);
      Retention coarser = finestFirst.get(i);
      if (coarser.step <= finer.step || coarser.step % finer.step != 0) {
        return Optional.of(coarser.step + "s is no multiple of " + finer.step + "s");
      }
      if (coarser.seconds <= finer.seconds) {
        return Optional.of(
            "points of " + coarser.step + "s are kept no longer than those of " + finer.step + "s");
      }
      if (finer.points() < coarser.step / finer.step) {
        return Optional.of(
            "points of " + finer.step + "s are too few to make one of " + coarser.step + "s");
      }
    }
    return Optional.empty();
  }

  /** All of a comma list, finest first; nothing when one of them is none. */
  public static Optional<List<Retention>> parseAll(String commaList) {
    List<Retention> all = new ArrayList<>();
    for (String text : commaList.split(",", -1)) {
      Optional<Retention> one = parse(text.trim());
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all.add(one.get());
    }
    all.sort((a, b) -> Integer.compare(a.step, b.step));
    return Optional.of(List.copyOf(all));
  }

  /**
   * The retention from which a reader takes points that go back to {@code from}: the finest that
   * reaches so far, else the coarsest.
   */
  public static Retention reaching(List<Retention> finestFirst, long from, long now) {
    for (Retention one : finestFirst) {
      if (one.seconds >= now - from) {
        return one;
      }
    }
    return finestFirst.get(finestFirst.size() - 1);
  }

  private static boolean bare(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String digits) {
    return digits.length() > 12 ? -1 : Long.parseLong(digits);
  }

  /** The seconds of {@code 6h}; -1 when it is none. */
  private static long time(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    Long unit = UNITS.get(text.substring(end));
    long count = end == 0 ? -1 : number(text.substring(0, end));
    return unit == null || count < 0 || count > LONGEST / unit ? -1 : count * unit;
  }

  @Override
  public String toString() {
    return step + "s:" + seconds + "s";
  }
}
