package io.cadenza.api.encode;

import io.cadenza.render.Series;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** {@code format=csv}: {@code name,2023-11-14 22:10:10,5.0} a line, as Python's csv has it. */
public final class CsvSeries extends SeriesBody {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final ZoneId zone;
  private String name = "";

  public CsvSeries(List<Series> all, ZoneId zone) {
    super(all);
    this.zone = zone;
  }

  @Override
  void begin(int series) {}

  @Override
  void head(Series series) {
    name = field(series.name());
  }

  /** In quotes where it has something that would end it. */
  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  void values(Series series, int from, int to) {
    for (int i = from; i < to; i++) {
      Instant time = Instant.ofEpochSecond(series.start() + (long) i * series.step());
      out.text(name);
      out.write(',');
      out.text(TIME.format(LocalDateTime.ofInstant(time, zone)));
      out.write(',');
      if (!Double.isNaN(series.values()[i])) {
        out.real(series.values()[i]);
      }
      out.write('\r');
      out.write('\n');
    }
  }

  @Override
  void tail(Series series) {}

  @Override
  void end() {}
}
