package io.cadenza.writer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.line.Bytes;
import io.cadenza.store.PointBatch;

/**
 * The messages of Cadent's later program: one a point, flat, the name and its tags apart. What is 0
 * is written too, which it left out. Keyed by the unique id.
 */
final class FlatMessages implements Messages {
  private final Json json = new Json();
  private byte[] known = new byte[0];
  private TaggedName name = TaggedName.of(known);

  /** Points of a series follow each other. */
  private TaggedName name(byte[] key) {
    if (key != known) {
      known = key;
      name = TaggedName.of(key);
    }
    return name;
  }

  @Override
  public byte[] metric(PointBatch batch, int s, int p, int resolution, long ttl, long now) {
    byte[] key = batch.key(s);
    begin(key);
    json.member("time", batch.time(p) * NANOS);
    json.member("metric", key, 0, Bytes.nameEnd(key, 0, key.length));
    json.member("min", batch.min(p));
    json.member("max", batch.max(p));
    json.member("last", batch.lastValue(p));
    json.member("sum", batch.sum(p));
    json.member("count", batch.count(p));
    json.member("resolution", resolution);
    json.member("ttl", ttl);
    tags(key);
    json.member("sent_time", now);
    return json.end();
  }

  @Override
  public byte[] index(byte[] key, long now) {
    int end = Bytes.nameEnd(key, 0, key.length);
    begin(key);
    json.name("type");
    json.raw("\"index\"");
    json.member("path", key, 0, end);
    Messages.segments(json, key, end);
    json.member("senttime", now);
    tags(key);
    return json.end();
  }

  private void begin(byte[] key) {
    json.clear();
    json.name("id");
    json.raw(Long.toUnsignedString(name(key).id()));
    byte[] uid = messageKey(key);
    json.member("uid", uid, 0, uid.length);
  }

  /** None for a name that has no tags. */
  private void tags(byte[] key) {
    String before = "";
    for (TaggedName.Tag tag : name(key).tags()) {
      if (before.isEmpty()) {
        json.name("tags");
        json.raw("[");
      }
      json.raw(before + "{\"name\":");
      json.text(tag.name(), 0, tag.name().length);
      json.raw(",\"value\":");
      json.text(tag.value(), 0, tag.value().length);
      json.raw("}");
      before = ",";
    }
    if (!before.isEmpty()) {
      json.raw("]");
    }
  }

  @Override
  public byte[] messageKey(byte[] key) {
    return Long.toUnsignedString(name(key).id(), Character.MAX_RADIX).getBytes(UTF_8);
  }
}
