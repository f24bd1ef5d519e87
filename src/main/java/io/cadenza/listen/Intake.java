package io.cadenza.listen;

import io.cadenza.bus.Lane;
import io.cadenza.bus.Receipt;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.meter.Complaints;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Reasons;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * The open batch of one listener instance: finds the lines in what its connections send.
 *
 * <p>Belongs to the instance's event loop. A batch goes off when it is full, and else when the
 * current turn of the event loop has read all sockets that were ready: few lines wait for nobody,
 * many travel together. Each read is copied once, into the batch, and scanned there.
 */
final class Intake {
  /** Bytes a batch holds. */
  static final int BATCH = 256 * 1024;

  private static final int LEAST_ROOM = 4096;

  private final LineFormat format;
  private final LineBatch.Builder batch;
  private final Lane<LineBatch> lane;
  private final String into;
  private final int maxLine;
  private final ListenerMeters meters;
  private final Reasons invalid;
  private final Complaints complaints;
  private final Consumer<Runnable> soon;
  private Runnable onFull = () -> {};
  private boolean armed;
  private long linesIn;
  private long bytesIn;

  /**
   * @param soon runs a task on this event loop after the sockets that are ready were read
   */
  Intake(
      LineFormat format,
      String into,
      int maxLine,
      Lane<LineBatch> lane,
      ListenerMeters meters,
      Complaints complaints,
      Consumer<Runnable> soon) {
    this.format = format;
    this.batch = new LineBatch.Builder(format, Math.max(BATCH, maxLine) + LEAST_ROOM + 1);
    this.lane = lane;
    this.into = into;
    this.maxLine = maxLine;
    this.meters = meters;
    this.invalid = meters.invalid();
    this.complaints = complaints;
    this.soon = soon;
  }

  /** What to do when the router can take no more for now. */
  void onFull(Runnable pause) {
    this.onFull = pause;
  }

  boolean full() {
    return lane.window().full();
  }

  Lane<LineBatch> lane() {
    return lane;
  }

  /** Takes a piece of a stream of lines. */
  void take(Tail tail, Buffer in, Object sender) {
    int n = in.length();
    bytesIn += n;
    for (int from = 0; from < n; ) {
      int size = makeRoom(tail, n - from);
      byte[] bytes = batch.reserve(tail.length() + size + 1);
      batch.sender(sender);
      int base = batch.length();
      int kept = tail.moveTo(bytes, base);
      in.getBytes(from, from + size, bytes, base + kept);
      from += size;
      scan(tail, bytes, base, kept, size, sender);
    }
    arm();
  }

  /** Takes a piece of a stream of lines that lies in an array. */
  void take(Tail tail, byte[] in, int from, int to, Object sender) {
    bytesIn += to - from;
    for (int at = from; at < to; ) {
      int size = makeRoom(tail, to - at);
      byte[] bytes = batch.reserve(tail.length() + size + 1);
      batch.sender(sender);
      int base = batch.length();
      int kept = tail.moveTo(bytes, base);
      System.arraycopy(in, at, bytes, base + kept, size);
      at += size;
      scan(tail, bytes, base, kept, size, sender);
    }
    arm();
  }

  private int makeRoom(Tail tail, int wanted) {
    if (batch.room() < tail.length() + LEAST_ROOM && batch.room() < tail.length() + wanted + 1) {
      send();
    }
    return Math.min(wanted, batch.room() - tail.length() - 1);
  }

  /** The stream has ended: a last line without newline counts. */
  void end(Tail tail, Object sender) {
    if (tail.skipping()) {
      tail.skip(false);
    }
    int size = tail.length();
    if (size == 0) {
      return;
    }
    makeRoom(tail, 0);
    batch.sender(sender);
    byte[] bytes = batch.reserve(size + 1);
    int base = batch.length();
    tail.moveTo(bytes, base);
    bytes[base + size] = '\n';
    batch.advance(size + 1);
    line(bytes, base, base + size, sender);
    arm();
  }

  /** The stream broke: an unfinished line is none. */
  void cutOff(Tail tail, Object sender) {
    byte[] rest = new byte[tail.length()];
    tail.moveTo(rest, 0);
    if (rest.length > 0) {
      linesIn++;
      refuse(Invalid.CUT_OFF, rest, 0, rest.length, sender);
      arm();
    }
  }

  private void scan(Tail tail, byte[] bytes, int base, int kept, int size, Object sender) {
    int end = base + kept + size;
    int start = base;
    int at = base + kept;
    batch.advance(kept + size);
    for (int nl; (nl = Bytes.indexOf(bytes, at, end, (byte) '\n')) >= 0; at = nl + 1) {
      if (tail.skipping()) {
        tail.skip(false);
      } else {
        line(bytes, start, nl, sender);
      }
      start = nl + 1;
    }
    keep(tail, bytes, start, end - start, sender);
    batch.truncate(start);
  }

  private void keep(Tail tail, byte[] bytes, int start, int size, Object sender) {
    if (tail.skipping() || size == 0) {
      return;
    }
    if (size > maxLine) {
      linesIn++;
      refuse(Invalid.TOO_LONG, bytes, start, start + size, sender);
      tail.skip(true);
    } else {
      tail.append(bytes, start, size);
    }
  }

  private void line(byte[] bytes, int from, int nl, Object sender) {
    linesIn++;
    int start = from;
    int end = nl;
    if (end > start && bytes[end - 1] == '\r') {
      bytes[--end] = '\n';
    }
    while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    if (end - start > maxLine) {
      refuse(Invalid.TOO_LONG, bytes, start, end, sender);
      return;
    }
    long key = start == end ? Invalid.EMPTY.code() : format.scan(bytes, start, end);
    if (key < 0) {
      refuse(Invalid.of(key), bytes, start, end, sender);
    } else {
      batch.line(start, key, end);
    }
  }

  /** Counts something that came in and is no line. */
  void refuse(Invalid why, byte[] bytes, int from, int to, Object sender) {
    invalid.add(why, 1);
    complaints.refused(why, bytes, from, to, sender);
  }

  /** Counts one thing that came in where the caller does the finding of lines. */
  void counted(long lines, long bytes) {
    linesIn += lines;
    bytesIn += bytes;
    arm();
  }

  private void arm() {
    if (!armed) {
      armed = true;
      soon.accept(
          () -> {
            armed = false;
            send();
          });
    }
  }

  /** Sends the open batch off now, if there is anything in it. */
  void send() {
    send(null);
  }

  /** Sends the open batch off now; answers false when there was nothing in it. */
  boolean send(Receipt receipt) {
    publish();
    if (batch.count() == 0) {
      batch.truncate(0);
      return false;
    }
    LineBatch frozen = batch.freeze();
    meters.linesOut.add(frozen.count());
    if (!lane.send(frozen, into, frozen.size(), receipt)) {
      onFull.run();
    }
    return true;
  }

  private void publish() {
    meters.linesIn.add(linesIn);
    meters.bytesIn.add(bytesIn);
    linesIn = 0;
    bytesIn = 0;
  }
}
