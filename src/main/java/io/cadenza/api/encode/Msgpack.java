package io.cadenza.api.encode;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** msgpack of things that are in memory anyway: maps, lists, texts, numbers. */
public final class Msgpack {
  private Msgpack() {}

  /** The body that says this: what {@link Pickle#body} takes. */
  public static Body body(Object value) throws IOException {
    Piece all = new Piece();
    try (MessagePacker packer = MessagePack.newDefaultPacker(all)) {
      write(packer, value);
    }
    return new Body.Whole(all);
  }

  private static void write(MessagePacker packer, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      packer.packMapHeader(map.size());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        write(packer, entry.getKey());
        write(packer, entry.getValue());
      }
    } else if (value instanceof List<?> all) {
      packer.packArrayHeader(all.size());
      for (Object one : all) {
        write(packer, one);
      }
    } else {
      scalar(packer, value);
    }
  }

  private static void scalar(MessagePacker packer, Object value) throws IOException {
    if (value == null) {
      packer.packNil();
    } else if (value instanceof String text) {
      packer.packString(text);
    } else if (value instanceof Boolean truth) {
      packer.packBoolean(truth);
    } else if (value instanceof Double real) {
      packer.packDouble(real);
    } else {
      packer.packLong(((Number) value).longValue());
    }
  }
}
