package io.cadenza.writer.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of points as it is: one of ours, or one of Cadent's with what it has. Immutable.
 *
 * @param step seconds
 * @param longestKey in characters
 * @param firstAndLast whether it has these two
 * @param plainMean whether the mean is a column to be written, and is not computed
 */
record Table(String name, int step, int longestKey, boolean firstAndLast, boolean plainMean) {
  /** Of tables that we make. */
  static final int LONGEST_KEY = 512;

  static String name(MysqlConfig config, int step) {
    return config.table() + "_" + step + "s";
  }

  /** How a table of ours is made. The key is compared byte by byte: a.B is not a.b. */
  static String create(String name, int step) {
    return """
        CREATE TABLE IF NOT EXISTS `%s` (
          `stat` VARCHAR(%d) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
          `time` DATETIME NOT NULL,
          `sum` DOUBLE NOT NULL,
          `min` DOUBLE NOT NULL,
          `max` DOUBLE NOT NULL,
          `count` BIGINT NOT NULL,
          `first` DOUBLE NOT NULL,
          `last` DOUBLE NOT NULL,
          `mean` DOUBLE GENERATED ALWAYS AS (`sum` / `count`) VIRTUAL,
          `resolution` INT NOT NULL DEFAULT %d,
          PRIMARY KEY (`stat`, `time`)
        ) ENGINE=InnoDB"""
        .formatted(name, LONGEST_KEY, step);
  }

  /** The columns that a row is given, in the order of its parameters. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("stat", "time", "sum", "min", "max", "count"));
    if (firstAndLast) {
      columns.addAll(List.of("first", "last"));
    }
    if (plainMean) {
      columns.add("mean");
    }
    return columns;
  }

  /**
   * Puts rows in.
   *
   * @param merges whether a row that is there is merged with, else it is replaced
   */
  String insert(int rows, boolean merges) {
    List<String> columns = columns();
    String row = "(" + "?,".repeat(columns.size()) + step + ")";
    return "INSERT INTO `"
        + name
        + "` ("
        + columns.stream().map(Table::quoted).collect(Collectors.joining(","))
        + ",`resolution`) VALUES "
        + (row + ",").repeat(rows - 1)
        + row
        + " ON DUPLICATE KEY UPDATE "
        + (merges ? merging() : replacing(columns));
  }

  private static String quoted(String column) {
    return "`" + column + "`";
  }

  private static String replacing(List<String> columns) {
    return columns.stream()
        .skip(2)
        .map(column -> "`" + column + "`=VALUES(`" + column + "`)")
        .collect(Collectors.joining(","));
  }

  /** The mean comes first, while the columns are what they were. */
  private String merging() {
    String mean = "`mean`=(`sum`+VALUES(`sum`))/(`count`+VALUES(`count`)),";
    return (plainMean ? mean : "")
        + "`sum`=`sum`+VALUES(`sum`),"
        + "`min`=LEAST(`min`,VALUES(`min`)),"
        + "`max`=GREATEST(`max`,VALUES(`max`)),"
        + "`count`=`count`+VALUES(`count`)"
        + (firstAndLast ? ",`last`=VALUES(`last`)" : "");
  }

  /** Reads the rows of some keys from a time up to before another. */
  String select(int keys) {
    return "SELECT `stat`,`time`,`sum`,`min`,`max`,`count`"
        + (firstAndLast ? ",`first`,`last`" : ",NULL,NULL")
        + " FROM `"
        + name
        + "` WHERE `stat` IN ("
        + "?,".repeat(keys - 1)
        + "?) AND `time`>=? AND `time`<?";
  }
}
