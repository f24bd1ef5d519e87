package io.cadenza.render;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values of one name at equal steps, as functions take and give them. Belongs to one request, which
 * one thread works on. NaN is no value, graphite's None.
 *
 * <p>Functions change the series, but never the values in an array that one has: they put another
 * array in its place. So a source may hand out one array twice.
 */
public final class Series {
  private String name;
  private String pathExpression;
  private final Map<String, String> tags;
  private long start;
  private long end;
  private final int step;
  private double[] values;
  private String consolidation = "average";
  private double xFilesFactor;
  private Look look = Look.PLAIN;

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
    this.end = start + (long) step * values.length;
    this.step = step;
    this.values = values;
  }

  /**
   * The same with other values from another time on, up to the last of them; name, tags and
   * settings are copied.
   */
  public Series with(long otherStart, int otherStep, double[] others) {
    Series copy = new Series(name, pathExpression, tags, otherStart, otherStep, others);
    copy.consolidation = consolidation;
    copy.xFilesFactor = xFilesFactor;
    copy.look = look;
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

  /**
   * Where it ends, exclusive: behind the last value, unless a function says otherwise, as
   * graphite's do that move values in time or guess a number of them.
   */
  public long end() {
    return end;
  }

  /** Moves it: the first value is of this time. */
  public Series from(long now, long until) {
    start = now;
    end = until;
    return this;
  }

  /** Sets the end, and leaves the values as they are. */
  public Series end(long now) {
    end = now;
    return this;
  }

  /** What it holds, which may be more or less than what lies before the end. Not to be changed. */
  public double[] values() {
    return values;
  }

  /** Others in their place, of the same times. */
  public Series values(double[] now) {
    values = now;
    return this;
  }

  /**
   * How many values an answer shows, value {@code i} at {@code start + i * step}: those up to the
   * end and with it, as graphite does.
   */
  public int points() {
    long until = end < start ? 0 : (end - start) / step + 1;
    return (int) Math.min(until, values.length);
  }

  /** How it is drawn. */
  public Look look() {
    return look;
  }

  public Series look(Look now) {
    look = now;
    return this;
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
