package io.cadenza.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;

/** The names that are looked for: 10 000 hosts with ten groups of ten. */
final class MillionNames {
  static final int COUNT = 1_000_000;

  private static final String[] GROUPS = {
    "cpu", "mem", "disk", "net", "swap", "tcp", "udp", "jvm", "gc", "http"
  };
  private static final String[] LAST = {
    "load", "user", "system", "idle", "free", "used", "rx", "tx", "count", "rate"
  };

  private MillionNames() {}

  static byte[][] inNoOrder() {
    byte[][] names = new byte[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      String name =
          "servers.web%05d.%s.%s".formatted(i / 100 * 2, GROUPS[i / 10 % 10], LAST[i % 10]);
      names[i] = name.getBytes(StandardCharsets.ISO_8859_1);
    }
    Collections.shuffle(Arrays.asList(names), new Random(42));
    return names;
  }
}
