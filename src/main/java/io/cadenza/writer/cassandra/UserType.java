package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A type of a schema that was there before us: our fields of it, wherever they are in it. A value
 * is its fields one behind the other, each with its length in front.
 */
final class UserType {
  private final int size;
  private final int[] places;

  /**
   * @param fields that it has to have
   * @throws IllegalStateException when it is no such type
   */
  UserType(DataType type, List<String> fields) {
    if (!(type instanceof UserDefinedType its)) {
      throw new IllegalStateException(type.asCql(true, true) + " has no fields such as " + fields);
    }
    size = its.getFieldNames().size();
    places = new int[fields.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = its.firstIndexOf(fields.get(i));
      if (places[i] < 0) {
        String name = its.getName().asInternal();
        throw new IllegalStateException("type " + name + " has no field " + fields.get(i));
      }
    }
  }

  /** A value with these fields; others that the type has are null. */
  ByteBuffer value(ByteBuffer... fields) {
    ByteBuffer[] inPlace = new ByteBuffer[size];
    int bytes = size * Integer.BYTES;
    for (int i = 0; i < fields.length; i++) {
      inPlace[places[i]] = fields[i];
      bytes += fields[i].remaining();
    }
    ByteBuffer value = ByteBuffer.allocate(bytes);
    for (ByteBuffer field : inPlace) {
      value.putInt(field == null ? -1 : field.remaining());
      if (field != null) {
        value.put(field.duplicate());
      }
    }
    return value.flip();
  }

  /** Our fields of a value; null where it has none. */
  ByteBuffer[] fields(ByteBuffer value) {
    ByteBuffer[] all = new ByteBuffer[size];
    ByteBuffer rest = value.duplicate();
    for (int i = 0; i < size && rest.remaining() >= Integer.BYTES; i++) {
      int length = rest.getInt();
      if (length >= 0) {
        all[i] = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
      }
    }
    ByteBuffer[] ours = new ByteBuffer[places.length];
    for (int i = 0; i < ours.length; i++) {
      ours[i] = all[places[i]];
    }
    return ours;
  }
}
