package io.cadenza.writer.kafka;

import io.cadenza.store.PointBatch;

/** What points and names are as messages. One thread. */
interface Messages {
  long NANOS = 1_000_000_000L;

  /**
   * The message of a point.
   *
   * @param resolution seconds
   * @param ttl seconds
   * @param now nanoseconds since 1970
   */
  byte[] metric(PointBatch batch, int series, int point, int resolution, long ttl, long now);

  /**
   * The message that there is a name.
   *
   * @param now nanoseconds since 1970
   */
  byte[] index(byte[] key, long now);

  /** What messages of a key are keyed by, so that they go to one partition. */
  byte[] messageKey(byte[] key);

  /** Adds the components of a name as an array. */
  static void segments(Json json, byte[] key, int end) {
    json.name("segments");
    json.raw("[");
    int from = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || key[i] == '.') {
        json.raw(from == 0 ? "" : ",");
        json.text(key, from, i);
        from = i + 1;
      }
    }
    json.raw("]");
  }
}
