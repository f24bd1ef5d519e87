package io.cadenza.hash;

import java.util.LinkedHashMap;
import java.util.Map;

/** What Cadent's configuration calls things. */
final class CadentNames {
  /** The algorithms with their other names. */
  static final Map<String, HashKind> ALGOS = new LinkedHashMap<>();

  /** The layouts of a label with their other names. */
  static final Map<String, Elter> ELTERS = new LinkedHashMap<>();

  static {
    ALGOS.put("mmh3", HashKind.MURMUR3_32);
    ALGOS.put("mmh", HashKind.MURMUR3_32);
    ALGOS.put("mmh32", HashKind.MURMUR3_32);
    ALGOS.put("crc32", HashKind.CRC_32);
    ALGOS.put("crc", HashKind.CRC_32);
    ALGOS.put("md5", HashKind.MD5_16);
    ALGOS.put("graphite", HashKind.MD5_16);
    ALGOS.put("sha1", HashKind.SHA1_16);
    ALGOS.put("fnv", HashKind.FNV1_32);
    ALGOS.put("fnv32", HashKind.FNV1_32);
    ALGOS.put("fnva", HashKind.FNV1A_32);
    ALGOS.put("fnv32a", HashKind.FNV1A_32);
    ALGOS.put("nodejs-hashring", HashKind.MD5_32);
    ALGOS.put("statsd", HashKind.MD5_32);
    ELTERS.put("simple", Elter.SIMPLE);
    ELTERS.put("consistent", Elter.SIMPLE);
    ELTERS.put("goconsistent", Elter.SIMPLE);
    ELTERS.put("graphite", Elter.GRAPHITE);
    ELTERS.put("statsd", Elter.STATSD);
  }

  /** How the label of a point is put together. */
  enum Elter {
    SIMPLE,
    GRAPHITE,
    STATSD;

    String label(String hashKey, int i) {
      return switch (this) {
        case SIMPLE -> i + hashKey;
        case GRAPHITE -> clean(hashKey) + ":" + i;
        case STATSD -> clean(hashKey) + "-" + i;
      };
    }

    private static String clean(String hashKey) {
      return hashKey.replace("udp://", "").replace("tcp://", "").replace("http://", "");
    }
  }

  private CadentNames() {}
}
