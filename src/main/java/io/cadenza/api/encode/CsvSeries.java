package io.cadenza.api.encode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.render.Series;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** {@code format=csv}: {@code name,2023-11-14 22:10:10,5.0} a line, as Python's csv has it. */
public final class CsvSeries extends SeriesBody {
  private final ZoneId zone;
  private byte[] name = {};

  public CsvSeries(List<Series> all, ZoneId zone) {
    super(all);
    this.zone = zone;
  }

  @Override
  void begin(int series) {}

  @Override
  void head(Series series) {
    name = field(series.name()).getBytes(UTF_8);
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
      out.write(name, 0, name.length);
      out.write(',');
      time(LocalDateTime.ofInstant(time, zone));
      out.write(',');
      if (!Double.isNaN(series.values()[i])) {
        out.real(series.values()[i]);
      }
      out.write('\r');
      out.write('\n');
    }
  }

  /** By hand: a formatter of the JDK takes longer than all else together. */
  private void time(LocalDateTime time) {
    out.number(time.getYear());
    twoDigits('-', time.getMonthValue());
    twoDigits('-', time.getDayOfMonth());
    twoDigits(' ', time.getHour());
    twoDigits(':', time.getMinute());
    twoDigits(':', time.getSecond());
  }

  private void twoDigits(char before, int number) {
    out.write(before);
    out.write('0' + number / 10);
    out.write('0' + number % 10);
  }

  @Override
  void tail(Series series) {}

  @Override
  void end() {}
}
