package io.cadenza.api.encode;

import io.cadenza.render.Series;
import java.util.List;

/**
 * {@code format=pickle}: a list of dicts, as a graphite-web takes them from a member of its
 * cluster.
 */
public final class PickleSeries extends SeriesBody {
  private final Pickle pickle = new Pickle(out);

  public PickleSeries(List<Series> all) {
    super(all);
  }

  @Override
  void begin(int series) {
    pickle.begin();
    pickle.list();
  }

  @Override
  void head(Series series) {
    pickle.dict();
    pickle.text("name");
    pickle.text(series.name());
    pickle.text("start");
    pickle.whole(series.start());
    pickle.text("end");
    pickle.whole(series.end());
    pickle.text("step");
    pickle.whole(series.step());
    pickle.text("values");
    pickle.list();
    pickle.append();
  }

  /** Some at a time, as what is on the stack of who reads it is there twice. */
  @Override
  void values(Series series, int from, int to) {
    pickle.mark();
    for (int i = from; i < to; i++) {
      pickle.real(series.values()[i]);
    }
    pickle.append();
  }

  @Override
  void tail(Series series) {
    pickle.text("pathExpression");
    pickle.text(series.pathExpression());
    pickle.text("valuesPerPoint");
    pickle.whole(1);
    pickle.text("consolidationFunc");
    pickle.text(series.consolidation());
    pickle.text("xFilesFactor");
    pickle.real(series.xFilesFactor());
    pickle.put();
  }

  @Override
  void end() {
    pickle.append();
    pickle.end();
  }
}
