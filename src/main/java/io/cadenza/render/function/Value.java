package io.cadenza.render.function;

import io.cadenza.render.PythonFloat;
import io.cadenza.render.Series;
import java.util.List;
import java.util.stream.Collectors;

/** What a function is given, and gives. */
public sealed interface Value {
  /** As Python's {@code str}, which tags and names have. */
  String text();

  /** As Python's {@code repr}, which errors have. */
  default String shown() {
    return text();
  }

  /** The number that it is; NaN when it is none. */
  default double number() {
    return Double.NaN;
  }

  /** The series of a path or call. */
  record Found(List<Series> series) implements Value {
    @Override
    public String text() {
      return series.stream().map(Series::name).limit(3).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** What {@code mapSeries} gives. */
  record Groups(List<List<Series>> lists) implements Value {
    @Override
    public String text() {
      return lists.size() + " groups of series";
    }
  }

  /** What stands in quotes. */
  record Text(String text) implements Value {
    @Override
    public String shown() {
      return "'" + (text.length() > 100 ? text.substring(0, 100) + "..." : text) + "'";
    }
  }

  /** A whole number. */
  record Whole(long value) implements Value {
    @Override
    public String text() {
      return Long.toString(value);
    }

    @Override
    public double number() {
      return value;
    }
  }

  /** A number with a point or exponent, or {@code inf}. */
  record Decimal(double value) implements Value {
    @Override
    public String text() {
      return PythonFloat.text(value);
    }

    @Override
    public double number() {
      return value;
    }
  }

  /** {@code true} or {@code false}. */
  record Flag(boolean on) implements Value {
    @Override
    public String text() {
      return on ? "True" : "False";
    }
  }

  /** {@code none}. */
  record None() implements Value {
    @Override
    public String text() {
      return "None";
    }
  }

  /** That of a constant: a String, Long, Double, Boolean, or null. */
  static Value of(Object constant) {
    if (constant instanceof String text) {
      return new Text(text);
    }
    if (constant instanceof Long whole) {
      return new Whole(whole);
    }
    if (constant instanceof Double decimal) {
      return new Decimal(decimal);
    }
    return constant instanceof Boolean flag ? new Flag(flag) : new None();
  }
}
