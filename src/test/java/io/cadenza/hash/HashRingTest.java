package io.cadenza.hash;

import org.junit.jupiter.api.Nested;

/** Every kind of ring keeps the contract. */
class HashRingTest {
  private static RingSpec cadent(String algo, String elter, int vnodes) {
    return new RingSpec("cadent", 1, true, false, algo, elter, vnodes);
  }

  @Nested
  class CarbonCh extends HashRingContract {
    @Override
    RingSpec spec() {
      return RingSpec.of("carbon_ch");
    }
  }

  @Nested
  class CarbonChNotDiverse extends HashRingContract {
    @Override
    RingSpec spec() {
      return new RingSpec("carbon_ch", 1, false, false, null, null, 4);
    }
  }

  @Nested
  class Fnv1aCh extends HashRingContract {
    @Override
    RingSpec spec() {
      return RingSpec.of("fnv1a_ch");
    }
  }

  @Nested
  class Mmh3Ch extends HashRingContract {
    @Override
    RingSpec spec() {
      return RingSpec.of("mmh3_ch");
    }
  }

  @Nested
  class CarbonChFast extends HashRingContract {
    @Override
    RingSpec spec() {
      return new RingSpec("carbon_ch", 1, true, true, null, null, 4);
    }

    @Override
    boolean movesOthers() {
      return true;
    }
  }

  @Nested
  class Fnv1aChFast extends HashRingContract {
    @Override
    RingSpec spec() {
      return new RingSpec("fnv1a_ch", 1, true, true, null, null, 4);
    }

    @Override
    boolean movesOthers() {
      return true;
    }
  }

  @Nested
  class Mmh3ChFast extends HashRingContract {
    @Override
    RingSpec spec() {
      return new RingSpec("mmh3_ch", 1, true, true, null, null, 4);
    }

    @Override
    boolean movesOthers() {
      return true;
    }
  }

  @Nested
  class CRelayCarbonCh extends HashRingContract {
    @Override
    RingSpec spec() {
      return RingSpec.of("c-relay-carbon_ch");
    }
  }

  @Nested
  class CRelayFnv1aCh extends HashRingContract {
    @Override
    RingSpec spec() {
      return RingSpec.of("c-relay-fnv1a_ch");
    }
  }

  @Nested
  class JumpFnv1aCh extends HashRingContract {
    @Override
    RingSpec spec() {
      return RingSpec.of("jump_fnv1a_ch");
    }

    @Override
    double most() {
      return 1.1;
    }
  }

  @Nested
  class CrngV1 extends HashRingContract {
    @Override
    RingSpec spec() {
      return RingSpec.of("crng-v1");
    }
  }

  @Nested
  class CrngV2 extends HashRingContract {
    @Override
    RingSpec spec() {
      return RingSpec.of("crng-v2");
    }
  }

  @Nested
  class StatsdProxy extends HashRingContract {
    @Override
    RingSpec spec() {
      return RingSpec.of("statsd-proxy");
    }
  }

  @Nested
  class CadentMmh3 extends HashRingContract {
    @Override
    RingSpec spec() {
      return cadent("mmh3", "simple", 100);
    }
  }

  @Nested
  class CadentCrc32 extends HashRingContract {
    @Override
    RingSpec spec() {
      return cadent("crc32", "statsd", 100);
    }

    @Override
    double most() {
      return 2.0;
    }
  }

  @Nested
  class CadentMd5 extends HashRingContract {
    @Override
    RingSpec spec() {
      return cadent("md5", "graphite", 100);
    }
  }

  @Nested
  class CadentSha1 extends HashRingContract {
    @Override
    RingSpec spec() {
      return cadent("sha1", "graphite", 100);
    }
  }

  @Nested
  class CadentFnv extends HashRingContract {
    @Override
    RingSpec spec() {
      return cadent("fnv", "simple", 100);
    }

    @Override
    double most() {
      return 2.0;
    }
  }

  @Nested
  class CadentFnva extends HashRingContract {
    @Override
    RingSpec spec() {
      return cadent("fnva", "simple", 100);
    }

    @Override
    double most() {
      return 2.0;
    }
  }

  @Nested
  class CadentNodejs extends HashRingContract {
    @Override
    RingSpec spec() {
      return cadent("nodejs-hashring", "statsd", 40);
    }
  }
}
