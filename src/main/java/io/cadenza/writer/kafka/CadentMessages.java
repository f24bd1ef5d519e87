package io.cadenza.writer.kafka;

import io.cadenza.line.Bytes;
import io.cadenza.store.PointBatch;

/**
 * The messages of Cadent's documentation, members in the order in which its program wrote them; the
 * time is that of the interval. Keyed by path.
 */
final class CadentMessages implements Messages {
  private final Json json = new Json();

  @Override
  public byte[] metric(PointBatch batch, int s, int p, int resolution, long ttl, long now) {
    byte[] key = batch.key(s);
    json.clear();
    json.raw("\"type\":\"metric\"");
    json.member("time", batch.time(p) * NANOS);
    json.member("metric", key, 0, key.length);
    json.member("sum", batch.sum(p));
    json.member("mean", batch.mean(p));
    json.member("min", batch.min(p));
    json.member("max", batch.max(p));
    json.member("count", batch.count(p));
    json.member("last", batch.lastValue(p));
    json.member("first", batch.firstValue(p));
    json.member("resolution", resolution);
    json.member("ttl", ttl);
    return json.end();
  }

  @Override
  public byte[] index(byte[] key, long now) {
    json.clear();
    json.raw("\"type\":\"index\"");
    json.member("path", key, 0, key.length);
    Messages.segments(json, key, Bytes.nameEnd(key, 0, key.length));
    json.member("time", now);
    return json.end();
  }

  @Override
  public byte[] messageKey(byte[] key) {
    return key;
  }
}
