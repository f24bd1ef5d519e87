package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.Adoption;
import io.cadenza.accumulate.KeyTable;
import io.cadenza.line.Shards;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes the open bins of a graphite accumulator for a successor, and reads them there. */
final class GraphiteTransfer {
  private static final int WORD = 0x47420001; // "GB", version 1

  private final int shard;
  private final int shards;

  GraphiteTransfer(int shard, int shards) {
    this.shard = shard;
    this.shards = shards;
  }

  /** Takes one bin of a key of this shard. */
  interface Taker {
    void bin(byte[] key, Bin bin);
  }

  /** Writes them; answers how many keys have any. */
  int write(KeyTable<Known> table, DataOutput out) throws IOException {
    int written = 0;
    Transfer.begin(out, WORD);
    for (int i = 0; i < table.count(); i++) {
      GraphiteSeries series = table.at(i).series;
      if (table.at(i) == series && series.bins.count() > 0) {
        written++;
        Transfer.key(out, series.key());
        out.writeInt(series.bins.count());
        for (int j = 0; j < series.bins.count(); j++) {
          series.bins.at(j).writeFigures(out);
        }
      }
    }
    Transfer.end(out);
    return written;
  }

  Adoption read(DataInput in, Taker taker) {
    return new Transfer.Reading(in, WORD) {
      private final Bin bin = new Bin(0);

      @Override
      void readKey() throws IOException {
        byte[] key = Transfer.key(in, 1);
        boolean ours = Shards.of(key, 0, key.length, shards) == shard;
        for (int count = Transfer.count(in, BinList.MOST); count > 0; count--) {
          bin.readFigures(in);
          if (ours) {
            taker.bin(key, bin);
          }
        }
      }
    };
  }
}
