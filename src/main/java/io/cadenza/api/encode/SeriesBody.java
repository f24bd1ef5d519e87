package io.cadenza.api.encode;

import io.cadenza.render.Series;
import java.io.IOException;
import java.util.List;

/** The frame of every body that is made of series, one behind the other. */
abstract class SeriesBody implements Body {
  /** How many values are written between two looks at the size of the piece. */
  private static final int STRIDE = 1024;

  final Piece out = new Piece();
  private final List<Series> all;
  private int at;
  private int value;
  private boolean begun;
  private boolean inside;
  private boolean ended;

  SeriesBody(List<Series> all) {
    this.all = all;
  }

  /** What is in front of all series. */
  abstract void begin(int series) throws IOException;

  /** What is in front of the values of one. */
  abstract void head(Series series) throws IOException;

  /** Some of its values, from one index to before another; never none. */
  abstract void values(Series series, int from, int to) throws IOException;

  /** How many of its values are told. */
  int size(Series series) {
    return series.values().length;
  }

  /** What is behind the values of one. */
  abstract void tail(Series series) throws IOException;

  /** What is behind all series. */
  abstract void end() throws IOException;

  @Override
  public final Piece next() throws IOException {
    out.clear();
    if (!begun) {
      begun = true;
      begin(all.size());
    }
    while (!out.full() && at < all.size()) {
      more(all.get(at));
    }
    if (at == all.size() && !out.full()) {
      ended = true;
      end();
    }
    return out;
  }

  @Override
  public final boolean ended() {
    return ended;
  }

  private void more(Series series) throws IOException {
    if (!inside) {
      inside = true;
      value = 0;
      head(series);
    }
    int size = size(series);
    int to = Math.min(size, value + STRIDE);
    if (to > value) {
      values(series, value, to);
      value = to;
    }
    if (value == size) {
      inside = false;
      tail(series);
      at++;
    }
  }
}
