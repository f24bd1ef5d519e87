package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.KeyTable;
import java.util.List;
import java.util.stream.IntStream;

/** The coarser bins of one key. */
final class RollupSeries extends KeyTable.Entry {
  static final byte KIND = 0;

  final Function function;
  private final List<BinList<RolledBin>> bins;

  RollupSeries(byte[] key, int hash, Function function, int resolutions) {
    super(key, key.length, KIND, hash);
    this.function = function;
    this.bins = IntStream.range(0, resolutions).mapToObj(i -> new BinList<RolledBin>()).toList();
  }

  BinList<RolledBin> bins(int resolution) {
    return bins.get(resolution);
  }

  /** The bin that starts then; a new one if need be. */
  RolledBin bin(int resolution, long start) {
    RolledBin bin = bins(resolution).find(start);
    if (bin == null) {
      bin = new RolledBin(start);
      bins(resolution).add(bin);
    }
    return bin;
  }

  boolean isEmpty() {
    for (int i = 0; i < bins.size(); i++) {
      if (bins(i).count() > 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether all that came was emitted. */
  boolean isIdle() {
    for (int i = 0; i < bins.size(); i++) {
      for (int j = 0; j < bins(i).count(); j++) {
        if (bins(i).at(j).changed) {
          return false;
        }
      }
    }
    return true;
  }
}
