package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.Adoption;
import io.cadenza.accumulate.KeyTable;
import io.cadenza.line.Shards;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Writes the bins of a rollup for a successor, and reads them there. */
final class RollupTransfer {
  private static final int WORD = 0x52420001; // "RB", version 1
  private static final int MOST_RESOLUTIONS = 1000;
  private static final int MOST_BINS = 16;

  private final List<Resolution> resolutions;
  private final int shard;
  private final int shards;

  RollupTransfer(List<Resolution> resolutions, int shard, int shards) {
    this.resolutions = resolutions;
    this.shard = shard;
    this.shards = shards;
  }

  /** Takes one bin of a key of this shard, in a resolution that is still there. */
  interface Taker {
    void bin(byte[] key, int resolution, RolledBin bin);
  }

  void write(KeyTable<RollupSeries> table, DataOutput out) throws IOException {
    Transfer.begin(out, WORD);
    out.writeInt(resolutions.size());
    for (Resolution resolution : resolutions) {
      out.writeLong(resolution.millis());
    }
    for (int i = 0; i < table.count(); i++) {
      write(table.at(i), out);
    }
    Transfer.end(out);
  }

  private void write(RollupSeries series, DataOutput out) throws IOException {
    Transfer.key(out, series.key());
    for (int i = 0; i < resolutions.size(); i++) {
      BinList<RolledBin> bins = series.bins(i);
      out.writeInt(bins.count());
      for (int j = 0; j < bins.count(); j++) {
        bins.at(j).write(out);
      }
    }
  }

  Adoption read(DataInput in, Taker taker) {
    return new Transfer.Reading(in, WORD) {
      private int[] places;

      @Override
      void begin() throws IOException {
        places = new int[Transfer.count(in, MOST_RESOLUTIONS)];
        for (int i = 0; i < places.length; i++) {
          places[i] = place(in.readLong());
        }
      }

      @Override
      void readKey() throws IOException {
        byte[] key = Transfer.key(in, 1);
        boolean ours = Shards.of(key, 0, key.length, shards) == shard;
        for (int place : places) {
          readBins(in, key, ours ? place : -1, taker);
        }
      }
    };
  }

  private int place(long millis) {
    for (int i = 0; i < resolutions.size(); i++) {
      if (resolutions.get(i).millis() == millis) {
        return i;
      }
    }
    return -1;
  }

  private void readBins(DataInput in, byte[] key, int place, Taker taker) throws IOException {
    for (int count = Transfer.count(in, MOST_BINS); count > 0; count--) {
      RolledBin bin = new RolledBin(0);
      bin.read(in);
      if (place >= 0) {
        Transfer.check(bin.start % resolutions.get(place).millis() == 0, "a bin out of place");
        taker.bin(key, place, bin);
      }
    }
  }
}
