package io.cadenza.accumulate.bins;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.accumulate.KeyTable;
import io.cadenza.meter.AccumulatorMeters;
import java.util.Arrays;

/**
 * The keys of one shard of a graphite accumulator, in all spellings in which they came, and the
 * room that they take. A key that got nothing stays for one flush: most come again.
 */
final class GraphiteKeys {
  final KeyTable<Known> table = new KeyTable<>();
  private final boolean keep;
  private final boolean forgetIdle;
  private final Guess guess;
  private final KeyRoom room;
  private final Walk walk;
  private final AccumulatorMeters meters;
  private final Hand<Known> hand = new Hand<>(table, this::canGo);
  private final TagOrder order = new TagOrder();

  GraphiteKeys(
      GraphiteConfig config, Guess guess, KeyRoom room, Walk walk, AccumulatorMeters meters) {
    this.keep = config.keepKeys();
    this.forgetIdle = config.common().onMaxKeys() == AccumulatorConfig.OnMaxKeys.FORGET_IDLE;
    this.guess = guess;
    this.room = room;
    this.walk = walk;
    this.meters = meters;
  }

  /** The series of a key; null when there is no room for a new one. */
  GraphiteSeries series(byte[] b, int from, int to) {
    int hash = table.hash(b, from, to, to, to);
    Known known = table.find(hash, b, from, to, to, to, Known.KIND);
    if (known != null && !known.series.gone) {
      known.used = walk.epoch();
      known.series.used = walk.epoch();
      return known.series;
    }
    int length = order.order(b, from, to);
    if (length < 0) {
      return add(b, from, to, hash);
    }
    GraphiteSeries series = inOrder(length);
    if (known != null) {
      known.series = series == null ? known.series : series;
      known.used = walk.epoch();
    } else if (series != null && take(to - from)) {
      byte[] spelled = Arrays.copyOfRange(b, from, to);
      Spelling spelling = new Spelling(spelled, hash, series);
      spelling.used = walk.epoch();
      spelling.looked = walk.epoch();
      table.add(spelling);
    }
    return series;
  }

  /** The series of a key that is written as it is kept; null when there is none. */
  GraphiteSeries find(byte[] key) {
    int end = key.length;
    int hash = table.hash(key, 0, end, end, end);
    Known known = table.find(hash, key, 0, end, end, end, Known.KIND);
    return known == null || known.series.gone ? null : known.series;
  }

  /** The series of a key whose tags were put in order. */
  private GraphiteSeries inOrder(int length) {
    byte[] ordered = order.bytes();
    int hash = table.hash(ordered, 0, length, length, length);
    Known known = table.find(hash, ordered, 0, length, length, length, Known.KIND);
    if (known == null) {
      return add(ordered, 0, length, hash);
    }
    known.used = walk.epoch();
    return known.series;
  }

  private GraphiteSeries add(byte[] b, int from, int to, int hash) {
    if (!take(to - from)) {
      return null;
    }
    byte[] key = Arrays.copyOfRange(b, from, to);
    GraphiteSeries series = new GraphiteSeries(key, hash, guess.of(key, 0, key.length));
    series.used = walk.epoch();
    series.looked = walk.epoch();
    table.add(series);
    return series;
  }

  /** Takes room, if need be that of a key that can be forgotten. */
  boolean take(int size) {
    if (room.take(size)) {
      return true;
    }
    Known idle = hand.find();
    if (idle == null) {
      return false;
    }
    forget(idle);
    meters.forgotten.add(keep ? 1 : 0);
    return room.take(size);
  }

  /** Whether nothing is lost with it, or the configuration wants it so. */
  private boolean canGo(Known known) {
    boolean wanted = !keep || forgetIdle;
    return known.used != walk.epoch() && (known instanceof Spelling || wanted && isEmpty(known));
  }

  private static boolean isEmpty(Known known) {
    return known.series.bins.count() == 0;
  }

  /** Forgets a key that has no bins. */
  void forget(Known known) {
    if (known == known.series) {
      known.series.gone = true;
    }
    table.remove(known);
    room.giveBack(known.keyLength());
  }

  void giveBack(int size) {
    room.giveBack(size);
  }
}
