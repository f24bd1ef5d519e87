package io.cadenza.api.encode;

import io.cadenza.render.Series;
import java.util.List;

/** {@code format=raw}: a line {@code name,start,end,step|v,v,None} for each series. */
public final class RawSeries extends SeriesBody {
  public RawSeries(List<Series> all) {
    super(all);
  }

  @Override
  void begin(int series) {}

  @Override
  void head(Series series) {
    out.text(series.name());
    out.write(',');
    out.number(series.start());
    out.write(',');
    out.number(series.end());
    out.write(',');
    out.number(series.step());
    out.write('|');
  }

  @Override
  void values(Series series, int from, int to) {
    double[] values = series.values();
    for (int i = from; i < to; i++) {
      if (i > 0) {
        out.write(',');
      }
      if (Double.isNaN(values[i])) {
        out.text("None");
      } else {
        out.real(values[i]);
      }
    }
  }

  @Override
  void tail(Series series) {
    out.write('\n');
  }

  @Override
  void end() {}
}
