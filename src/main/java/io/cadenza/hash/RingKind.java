package io.cadenza.hash;

/** The rings there are, by the word that names them in configuration. */
enum RingKind {
  CARBON("carbon_ch"),
  FNV1A("fnv1a_ch"),
  MMH3("mmh3_ch"),
  C_RELAY_CARBON("c-relay-carbon_ch"),
  C_RELAY_FNV1A("c-relay-fnv1a_ch"),
  JUMP("jump_fnv1a_ch"),
  CRNG_V1("crng-v1"),
  CRNG_V2("crng-v2"),
  STATSD_PROXY("statsd-proxy"),
  CADENT("cadent");

  final String word;

  RingKind(String word) {
    this.word = word;
  }

  /** The kind of this name, or null. */
  static RingKind named(String word) {
    for (RingKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    return null;
  }

  /** Whether carbon has it: only there are diverse replicas and fast-hashing known. */
  boolean ofCarbon() {
    return this == CARBON || this == FNV1A || this == MMH3;
  }

  /** How it hashes keys; Cadent's depends on the algorithm. */
  HashKind hash(RingSpec spec) {
    return switch (this) {
      case CARBON, C_RELAY_CARBON, CRNG_V1, CRNG_V2 -> HashKind.MD5_16;
      case FNV1A, JUMP -> HashKind.FNV1A_16;
      case C_RELAY_FNV1A -> HashKind.FNV1A_16_SIGNED;
      case MMH3 -> HashKind.MURMUR3_32_SIGNED;
      case STATSD_PROXY -> HashKind.MD5_32;
      case CADENT -> CadentNames.ALGOS.get(spec.algo());
    };
  }
}
