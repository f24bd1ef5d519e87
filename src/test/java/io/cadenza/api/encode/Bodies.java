package io.cadenza.api.encode;

import io.cadenza.render.Series;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** Reads bodies, and makes series for them. */
final class Bodies {
  private Bodies() {}

  static byte[] bytes(Body body) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    do {
      all.writeBytes(body.next().copy());
    } while (!body.ended());
    return all.toByteArray();
  }

  static String text(Body body) throws IOException {
    return new String(bytes(body), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** How many pieces a body has. */
  static int pieces(Body body) throws IOException {
    int pieces = 0;
    do {
      body.next();
      pieces++;
    } while (!body.ended());
    return pieces;
  }

  static Series series(String name, long start, int step, double... values) {
    return new Series(name, name, Map.of("name", name), start, step, values);
  }

  /** So many values that they are no one piece. */
  static Series large(String name, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = i % 7 == 3 ? Double.NaN : i / 8.0;
    }
    return series(name, 1_700_000_000, 10, values);
  }
}
