package io.cadenza.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which the keys of a block stand in the file.
 *
 * <p>The HOCON library keeps keys in a hash table, but knows the line of each. Blocks that share a
 * line are in the order of their names, and so are the files that were included.
 */
final class FileOrder {
  private FileOrder() {}

  static List<String> keys(ConfigObject block) {
    Comparator<String> order =
        Comparator.<String, String>comparing(key -> file(block.get(key).origin()))
            .thenComparing(key -> block.get(key).origin().lineNumber())
            .thenComparing(Comparator.naturalOrder());
    return block.keySet().stream().sorted(order).toList();
  }

  private static String file(ConfigOrigin origin) {
    return origin.filename() == null ? "" : origin.filename();
  }
}
