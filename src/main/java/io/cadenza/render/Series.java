package io.cadenza.render;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of one name at equal steps, as functions take and give them. Belongs to one request, which
 * one thread works on. NaN is no value, graphite's None.
 */
public final class Series {
  private String name;
  private String pathExpression;
  private final Map<String, String> tags;
  private final long start;
  private final int step;
  private final double[] values;
  private String consolidation = "average";
  private double xFilesFactor;

  /**
   * @param name as it is shown
   * @param pathExpression the text of the target that it is of
   * @param tags {@code name} and those of a tagged series; copied
   * @param start seconds since 1970 of the first value
   * @param step seconds from one value to the next, at least 1
   * @param values not copied
   */
  public Series(
      String name,
      String pathExpression,
      Map<String, String> tags,
      long start,
      int step,
      double[] values) {
    this.name = name;
    this.pathExpression = pathExpression;
    this.tags = new LinkedHashMap<>(tags);
    this.start = start;
    this.step = step;
    this.values = values;
  }

  /** The same with other values from another time on; name, tags and settings are copied. */
  public Series with(long otherStart, int otherStep, double[] others) {
    Series copy = new Series(name, pathExpression, tags, otherStart, otherStep, others);
    copy.consolidation = consolidation;
    copy.xFilesFactor = xFilesFactor;
    return copy;
  }

  public String name() {
    return name;
  }

  public Series name(String now) {
    name = now;
    return this;
  }

  /** What of the request it is an answer to. */
  public String pathExpression() {
    return pathExpression;
  }

  public Series pathExpression(String now) {
    pathExpression = now;
    return this;
  }

  /** Its tags, those that functions add too; may be changed. */
  public Map<String, String> tags() {
    return tags;
  }

  public long start() {
    return start;
  }

  public int step() {
    return step;
  }

  /** Behind the last value. */
  public long end() {
    return start + (long) step * values.length;
  }

  /** Its own: who changes them changes it. */
  public double[] values() {
    return values;
  }

  /** By which function values become fewer: {@code average}, {@code sum}, {@code max} ... */
  public String consolidation() {
    return consolidation;
  }

  public Series consolidation(String now) {
    consolidation = now;
    return this;
  }

  /** Which part of the values has to be there for a consolidated one, from 0 to 1. */
  public double xFilesFactor() {
    return xFilesFactor;
  }

  public Series xFilesFactor(double now) {
    xFilesFactor = now;
    return this;
  }
}
