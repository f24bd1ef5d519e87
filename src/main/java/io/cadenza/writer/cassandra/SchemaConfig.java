package io.cadenza.writer.cassandra;

import io.cadenza.config.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where points and names are in a cluster.
 *
 * @param create whether what is missing is made
 * @param metrics what names of the tables of points begin with, or the table of points
 * @param path the table of names
 * @param segment Cadent's table of parts of names
 * @param tags the table of names that have tags, beside the modern one
 */
public record SchemaConfig(
    Kind kind,
    boolean create,
    String keyspace,
    Replication replication,
    String metrics,
    String path,
    String segment,
    String tags) {
  /** Whose tables. */
  public enum Kind {
    /** A table for each step, of partitions that don't grow for ever. */
    MODERN,
    /** Those of Cadent. */
    CADENT
  }

  /**
   * How many nodes keep a copy, of a keyspace that is made.
   *
   * @param datacenters by name; empty for the factor in each
   */
  public record Replication(boolean simple, int factor, Map<String, Integer> datacenters) {
    private static final String WANTED = " is not such as dc1:3";

    public Replication {
      datacenters = Map.copyOf(datacenters);
    }

    static Replication read(Settings s) {
      boolean simple =
          s.text("class", "SimpleStrategy", "NetworkTopologyStrategy").equals("SimpleStrategy");
      Map<String, Integer> datacenters = new LinkedHashMap<>();
      var texts = s.texts("datacenters");
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        int colon = text.lastIndexOf(':');
        String number = text.substring(colon + 1);
        boolean right = colon > 0 && text.indexOf('\'') < 0 && isSmall(number);
        if (right) {
          datacenters.put(text.substring(0, colon), Integer.valueOf(number));
        } else {
          s.problem("datacenters[" + i + "]", "\"" + text + "\"" + WANTED);
        }
      }
      if (simple && !datacenters.isEmpty()) {
        s.problem("datacenters", "SimpleStrategy knows none; use NetworkTopologyStrategy");
      }
      return new Replication(simple, s.count("factor", 1, 99), datacenters);
    }

    private static boolean isSmall(String number) {
      return !number.isEmpty()
          && number.length() <= 2
          && number.chars().allMatch(c -> c >= '0' && c <= '9');
    }
  }

  /** Cassandra takes 48; the step goes behind some. */
  private static final int LONGEST_NAME = 36;

  static SchemaConfig read(Settings s) {
    Kind kind = s.choice("schema", Kind.class);
    boolean modern = kind == Kind.MODERN;
    return new SchemaConfig(
        kind,
        s.flag("create-schema"),
        name(s, "keyspace", null),
        Replication.read(s.block("replication")),
        name(s, "metrics-table", modern ? "points" : "metric"),
        name(s, "path-table", modern ? "names" : "path"),
        name(s, "segment-table", "segment"),
        name(s, "tags-table", "tags"));
  }

  /** A name that CQL takes as it is; with upper-case letters in quotes. */
  private static String name(Settings s, String key, String usual) {
    String text = usual == null || s.has(key) ? s.text(key) : usual;
    boolean right =
        !text.isEmpty()
            && text.length() <= LONGEST_NAME
            && Character.isLetterOrDigit(text.charAt(0))
            && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_'));
    if (!right) {
      s.problem(
          key,
          "\"" + text + "\" is no name of letters, digits and _, " + LONGEST_NAME + " at most");
    }
    return text;
  }
}
