package io.cadenza.accumulate.bins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.accumulate.Adoption;
import io.cadenza.accumulate.KeyTable;
import io.cadenza.line.Shards;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * Writes the intervals of aggregation rules for a successor, and reads them there. The successor's
 * rules may stand in other places, or be others: a rule is found by what it says.
 */
final class RuleTransfer {
  private static final int WORD = 0x41420001; // "AB", version 1
  private static final int LONGEST_SIGNATURE = 1 << 16;

  private final Rule[] rules;
  private final ValueRoom room;
  private final int shard;
  private final int shards;

  RuleTransfer(Rule[] rules, ValueRoom room, int shard, int shards) {
    this.rules = rules;
    this.room = room;
    this.shard = shard;
    this.shards = shards;
  }

  /** Takes one bin of a key of this shard, with the rule's bytes in front of the key. */
  interface Taker {
    void bin(Rule rule, byte[] key, RuleBin bin);
  }

  void write(KeyTable<RuleSeries> table, DataOutput out) throws IOException {
    Transfer.begin(out, WORD);
    out.writeInt(rules.length);
    for (Rule rule : rules) {
      byte[] signature = rule.signature.getBytes(UTF_8);
      out.writeInt(signature.length);
      out.write(signature);
      out.writeBoolean(rule.needsValues);
    }
    for (int i = 0; i < table.count(); i++) {
      BinList<RuleBin> bins = table.at(i).bins;
      Transfer.key(out, table.at(i).key());
      out.writeInt(bins.count());
      for (int j = 0; j < bins.count(); j++) {
        bins.at(j).write(out);
      }
    }
    Transfer.end(out);
  }

  /**
   * Reads them; rules need not stand where they stood.
   *
   * @param strangers told how many bins are of rules that are not here; by the first shard alone
   */
  Adoption read(DataInput in, Taker taker, LongConsumer strangers) {
    return new Transfer.Reading(in, WORD) {
      private int[] places;
      private boolean[] withValues;

      @Override
      void begin() throws IOException {
        int count = Transfer.count(in, Shards.MOST_RULES);
        places = new int[count];
        withValues = new boolean[count];
        boolean[] found = new boolean[rules.length];
        for (int i = 0; i < count; i++) {
          byte[] signature = new byte[Transfer.count(in, LONGEST_SIGNATURE)];
          in.readFully(signature);
          places[i] = place(new String(signature, UTF_8), found);
          withValues[i] = in.readBoolean();
          boolean same = places[i] < 0 || rules[places[i]].needsValues == withValues[i];
          Transfer.check(same, "a rule that keeps other values");
        }
      }

      @Override
      void readKey() throws IOException {
        byte[] key = Transfer.key(in, Shards.RULE_BYTES + 1);
        int theirs = Shards.rule(key, 0);
        Transfer.check(theirs < places.length, "a rule that is not there");
        int bins = readBins(in, key, places[theirs], withValues[theirs], taker);
        if (places[theirs] < 0 && shard == 0) {
          strangers.accept(bins);
        }
      }
    };
  }

  /** Of rules that are the same, the first is the other's first, and so on. */
  private int place(String signature, boolean[] found) {
    for (int i = 0; i < rules.length; i++) {
      if (!found[i] && rules[i].signature.equals(signature)) {
        found[i] = true;
        return i;
      }
    }
    return -1;
  }

  /** Answers how many there were. */
  private int readBins(DataInput in, byte[] key, int place, boolean withValues, Taker taker)
      throws IOException {
    key[0] = (byte) (place >> 8);
    key[1] = (byte) place;
    boolean ours = place >= 0 && Shards.ofRule(key, 0, key.length, shards) == shard;
    int count = Transfer.count(in, BinList.MOST);
    for (int left = count; left > 0; left--) {
      Values values = withValues ? new Values(room) : null;
      RuleBin bin = new RuleBin(0, values);
      try {
        bin.read(in);
        if (ours) {
          Transfer.check(bin.start % rules[place].every == 0, "a bin out of place");
          taker.bin(rules[place], key, bin);
        }
      } finally {
        bin.release();
      }
    }
    return count;
  }
}
