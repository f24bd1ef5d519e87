package io.cadenza.writer.cassandra;

import io.cadenza.store.Aggregate;
import java.util.List;
import java.util.Locale;

/** The columns of a modern table that have figures. */
enum Column {
  SUM,
  MIN,
  MAX,
  FIRST,
  LAST,
  CNT;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those that one figure is made of. */
  static List<Column> of(Aggregate aggregate) {
    return switch (aggregate) {
      case AVERAGE, AVG_ZERO -> List.of(SUM, CNT);
      case SUM -> List.of(SUM);
      case LAST -> List.of(LAST);
      case MAX -> List.of(MAX);
      case MIN -> List.of(MIN);
      case ABSMAX, ABSMIN -> List.of(MIN, MAX);
    };
  }
}
