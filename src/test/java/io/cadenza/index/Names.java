package io.cadenza.index;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Names as text, for tests. */
final class Names {
  private Names() {}

  static NameIndex index(String... names) {
    NameIndex index = new NameIndex();
    Stream.of(names).forEach(name -> add(index, name));
    return index;
  }

  static boolean add(NameIndex index, String name) {
    byte[] b = within(name);
    return index.add(b, 1, b.length - 1);
  }

  static boolean contains(NameIndex index, String name) {
    byte[] b = within(name);
    return index.contains(b, 1, b.length - 1);
  }

  static boolean remove(NameIndex index, String name) {
    byte[] b = within(name);
    return index.remove(b, 1, b.length - 1);
  }

  /** The bytes with others around them, as in a batch of lines. */
  private static byte[] within(String name) {
    return ("x" + name + "x").getBytes(StandardCharsets.UTF_8);
  }
}
