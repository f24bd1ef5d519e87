package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.accumulate.Adoption;
import io.cadenza.accumulate.KeyRoom;
import io.cadenza.format.StatsdName;
import io.cadenza.meter.AccumulatorMeters;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a shard leaves to its successor: each series that is open, as a record behind a mark with a
 * version. Whoever reads it trusts none of it: what it takes is bounded by what there is to read
 * and by the bounds of the shard.
 */
final class HandOver {
  private static final int MARK = 0x43645301; // "CdS", version 1
  private static final int END = 0xff;

  private HandOver() {}

  static double finite(double number) throws IOException {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IOException("a value that is not finite");
    }
    return number;
  }

  /** Writes all series that are live or got something; answers how many. */
  static int write(SeriesStore store, DataOutput out) throws IOException {
    int written = 0;
    out.writeInt(MARK);
    for (int i = store.count() - 1; i >= 0; i--) {
      if (store.at(i) instanceof Series series && (series.live || series.touched)) {
        write(series, out);
        written++;
      }
    }
    out.writeByte(END);
    return written;
  }

  private static void write(Series series, DataOutput out) throws IOException {
    out.writeByte(series.kindCode());
    out.writeShort(series.keyLength());
    out.writeShort(series.nameLength());
    out.writeShort(series.tagsAt());
    out.write(series.key());
    out.writeBoolean(series.touched);
    out.writeLong(series.lastMillis);
    switch (series.kind()) {
      case COUNTER -> out.writeDouble(((CounterSeries) series).sum);
      case GAUGE -> write((GaugeSeries) series, out);
      case TIMER -> write((TimerSeries) series, out);
      case SET -> write((SetSeries) series, out);
    }
  }

  private static void write(GaugeSeries gauge, DataOutput out) throws IOException {
    out.writeDouble(gauge.value);
    out.writeInt(gauge.flushesLeft);
    out.writeBoolean(gauge.relative);
  }

  private static void write(TimerSeries timer, DataOutput out) throws IOException {
    out.writeDouble(timer.scaled);
    out.writeBoolean(timer.sketch() != null);
    if (timer.sketch() != null) {
      timer.sketch().write(out);
      return;
    }
    out.writeInt((int) timer.count());
    for (int i = 0; i < timer.count(); i++) {
      out.writeDouble(timer.sample(i));
    }
  }

  private static void write(SetSeries set, DataOutput out) throws IOException {
    out.writeInt(set.count());
    for (int i = 0; i < set.count(); i++) {
      int size = set.to(i) - set.from(i);
      out.writeShort(size);
      out.write(set.text(), set.from(i), size);
    }
  }

  /** One reading: what it reads goes to a shard, when it is that shard's. */
  static final class Reading implements Adoption {
    private final StatsdShared shared;
    private final SeriesStore store;
    private final int shard;
    private final DataInput in;
    private final byte[] member = new byte[SetSeries.LONGEST];

    /** What is read is bounded by what there is to read. */
    private final KeyRoom ofWhatIsRead = new KeyRoom(0, Long.MAX_VALUE);

    private final AccumulatorMeters meters;
    private boolean begun;

    /**
     * @param meters told how many series were taken, and how many were not, or not all of it, for
     *     want of room
     */
    Reading(
        StatsdShared shared, SeriesStore store, int shard, DataInput in, AccumulatorMeters meters) {
      this.shared = shared;
      this.store = store;
      this.shard = shard;
      this.in = in;
      this.meters = meters;
    }

    @Override
    public boolean goOn(int most) throws IOException {
      if (!begun && in.readInt() != MARK) {
        throw new IOException("not what a statsd accumulator of this version handed over");
      }
      begun = true;
      for (int left = most; left > 0; left--) {
        int kind = in.readUnsignedByte();
        if (kind == END) {
          return true;
        }
        read(kind);
      }
      return false;
    }

    private void read(int kind) throws IOException {
      if (SeriesKind.of(kind) == null) {
        throw new IOException("a series of kind " + kind);
      }
      Series read = series(SeriesKind.of(kind));
      try {
        value(read);
        take(read);
      } finally {
        read.release();
      }
    }

    private Series series(SeriesKind kind) throws IOException {
      int length = in.readUnsignedShort();
      int nameLength = in.readUnsignedShort();
      int tagsAt = in.readUnsignedShort();
      boolean right = nameLength > 0 && nameLength <= tagsAt && tagsAt <= length;
      if (!right || length > AccumulatorConfig.LONGEST_KEY + 1) {
        throw new IOException("a key of " + length + " bytes with a name of " + nameLength);
      }
      byte[] key = new byte[length];
      in.readFully(key);
      for (byte b : key) {
        if (b >= 0 && b <= ' ') {
          throw new IOException("a key with a blank or control character");
        }
      }
      Series read = Series.of(key, nameLength, tagsAt, kind, 0, shared.samples);
      read.touched = in.readBoolean();
      read.lastMillis = in.readLong();
      return read;
    }

    private void value(Series read) throws IOException {
      switch (read.kind()) {
        case COUNTER -> ((CounterSeries) read).sum = finite(in.readDouble());
        case GAUGE -> {
          ((GaugeSeries) read).value = finite(in.readDouble());
          ((GaugeSeries) read).flushesLeft = Math.max(1, in.readInt());
          ((GaugeSeries) read).relative = in.readBoolean();
        }
        case TIMER -> timer((TimerSeries) read);
        case SET -> members((SetSeries) read);
      }
    }

    private void timer(TimerSeries timer) throws IOException {
      double scaled = finite(in.readDouble());
      if (in.readBoolean()) {
        timer.take(Sketch.read(in));
      } else {
        for (int left = in.readInt(); left > 0; left--) {
          timer.add(finite(in.readDouble()), 0);
        }
      }
      timer.scaled = scaled;
    }

    private void members(SetSeries set) throws IOException {
      for (int left = in.readInt(); left > 0; left--) {
        int size = in.readUnsignedShort();
        in.readFully(member, 0, size);
        set.add(member, 0, size, ofWhatIsRead);
      }
    }

    private void take(Series read) {
      if (StatsdName.shard(read.key(), 0, read.nameLength(), shared.shards) != shard) {
        return;
      }
      Series mine = store.adopt(read);
      if (mine == null) {
        meters.notAdopted.increment();
        return;
      }
      boolean all = merge(mine, read);
      store.enliven(mine);
      mine.touched |= read.touched;
      mine.lastMillis = Math.max(mine.lastMillis, read.lastMillis);
      (all ? meters.adopted : meters.notAdopted).increment();
    }

    /** Answers whether there was room for all of it. */
    private boolean merge(Series mine, Series read) {
      return switch (read.kind()) {
        case COUNTER -> ((CounterSeries) mine).add(((CounterSeries) read).sum);
        case GAUGE -> {
          merge((GaugeSeries) mine, (GaugeSeries) read);
          yield true;
        }
        case TIMER -> {
          ((TimerSeries) mine).merge((TimerSeries) read);
          yield true;
        }
        case SET -> merge((SetSeries) mine, (SetSeries) read);
      };
    }

    /** What was set last counts; changes made here before the value was known are made to it. */
    private static void merge(GaugeSeries mine, GaugeSeries read) {
      if (mine.relative) {
        mine.follow(read);
      } else if (!mine.live || read.lastMillis > mine.lastMillis) {
        mine.value = read.value;
        mine.flushesLeft = read.flushesLeft;
      }
    }

    private boolean merge(SetSeries mine, SetSeries read) {
      boolean all = true;
      for (int i = 0; i < read.count(); i++) {
        all &= mine.add(read.text(), read.from(i), read.to(i), shared.room);
      }
      return all;
    }
  }
}
