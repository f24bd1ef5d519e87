package io.cadenza.writer.kafka;

import io.cadenza.line.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A key taken apart, with the id that Cadent's later program gives it: the 64-bit FNV-1a of the
 * name, a colon, and the tags as {@code name=value}, sorted, with blanks between.
 */
record TaggedName(long id, List<Tag> tags) {
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  /** One tag. */
  record Tag(byte[] name, byte[] value) {}

  static TaggedName of(byte[] key) {
    int end = Bytes.nameEnd(key, 0, key.length);
    List<Tag> tags = tags(key, end);
    long id = fnv(BASIS, key, 0, end);
    id = fnv(id, (byte) ':');
    for (int i = 0; i < tags.size(); i++) {
      id = i == 0 ? id : fnv(id, (byte) ' ');
      id = fnv(id, tags.get(i).name, 0, tags.get(i).name.length);
      id = fnv(id, (byte) '=');
      id = fnv(id, tags.get(i).value, 0, tags.get(i).value.length);
    }
    return new TaggedName(id, tags);
  }

  private static List<Tag> tags(byte[] key, int nameEnd) {
    List<Tag> tags = new ArrayList<>();
    for (int from = nameEnd + 1; from < key.length; ) {
      int end = Bytes.indexOf(key, from, key.length, (byte) ';');
      end = end < 0 ? key.length : end;
      int equals = Bytes.indexOf(key, from, end, (byte) '=');
      if (equals > from) {
        tags.add(
            new Tag(
                Arrays.copyOfRange(key, from, equals), Arrays.copyOfRange(key, equals + 1, end)));
      }
      from = end + 1;
    }
    tags.sort(Comparator.comparing(Tag::name, Arrays::compareUnsigned));
    return tags;
  }

  private static long fnv(long hash, byte b) {
    return (hash ^ b & 0xff) * PRIME;
  }

  private static long fnv(long hash, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      hash = fnv(hash, bytes[i]);
    }
    return hash;
  }
}
