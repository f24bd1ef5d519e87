package io.cadenza.listen;

import io.cadenza.bus.Lane;
import io.cadenza.bus.Receipt;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Shelf;
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
  private final boolean blanks;
  private final LineBatch.Builder batch;
  private final Lane<LineBatch> lane;
  private final String into;
  private final int maxLine;
  private final ListenerMeters meters;
  private final Reasons invalid;
  private final Complaints complaints;
  private final Consumer<Runnable> soon;
  private final Runnable goOff = this::goOff;
  private Runnable onFull = () -> {};
  private byte[] scratch;
  private Object sender = "nobody";
  private Ledger ledger;
  private boolean armed;
  private boolean dropping;
  private boolean datagrams;
  private long linesIn;
  private long bytesIn;

  /**
   * @param shelf of all intakes that have this format and longest line
   * @param soon runs a task on this event loop after the sockets that are ready were read
   */
  Intake(
      LineFormat format,
      String into,
      int maxLine,
      Lane<LineBatch> lane,
      ListenerMeters meters,
      Complaints complaints,
      Shelf shelf,
      Consumer<Runnable> soon) {
    this.format = format;
    this.blanks = format.keepsBlanks();
    this.batch = new LineBatch.Builder(format, Math.max(BATCH, maxLine) + LEAST_ROOM + 1, shelf);
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

  /** Whether the router can take no more for now. */
  boolean full() {
    return lane.window().full();
  }

  /** Whether what has not been taken yet should wait. */
  boolean mustWait() {
    return !dropping && full();
  }

  /** Whether lines that find no room are dropped, rather than sent beyond the bound. */
  void dropping(boolean now) {
    dropping = now;
  }

  /** Each call of {@link #packet} is a piece of a sender; else each read that has a newline is. */
  void datagrams() {
    datagrams = true;
  }

  /** A datagram has come. */
  void packet() {
    batch.packet();
    arm();
  }

  Lane<LineBatch> lane() {
    return lane;
  }

  /** Says who sends what is taken from here on: something whose text is an address. */
  void from(Object sender) {
    this.sender = sender;
  }

  /** Has each line from here on told to a ledger; null: to none. Whoever sets it sends first. */
  void ledger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** An array for what is looked at before it is taken: for one call, by whoever calls. */
  byte[] scratch() {
    if (scratch == null) {
      scratch = new byte[BATCH];
    }
    return scratch;
  }

  /** Takes a piece of a stream of lines. */
  void take(Tail tail, Buffer in) {
    int n = in.length();
    for (int from = 0; from < n; ) {
      int size = makeRoom(tail, n - from);
      byte[] bytes = open(tail, size);
      int base = batch.length();
      int kept = tail.moveTo(bytes, base);
      in.getBytes(from, from + size, bytes, base + kept);
      from += size;
      scan(tail, bytes, base, kept, size);
    }
    came(n);
  }

  /** Takes a piece of a stream of lines that lies in an array. */
  void take(Tail tail, byte[] in, int from, int to) {
    for (int at = from; at < to; ) {
      int size = makeRoom(tail, to - at);
      byte[] bytes = open(tail, size);
      int base = batch.length();
      int kept = tail.moveTo(bytes, base);
      System.arraycopy(in, at, bytes, base + kept, size);
      at += size;
      scan(tail, bytes, base, kept, size);
    }
    came(to - from);
  }

  private int makeRoom(Tail tail, int wanted) {
    if (batch.room() < tail.length() + LEAST_ROOM && batch.room() < tail.length() + wanted + 1) {
      send();
    }
    return Math.min(wanted, batch.room() - tail.length() - 1);
  }

  private byte[] open(Tail tail, int size) {
    byte[] bytes = batch.reserve(tail.length() + size + 1);
    batch.sender(sender);
    return bytes;
  }

  /** The stream has ended: a last line without newline counts. */
  void end(Tail tail) {
    if (tail.skipping()) {
      tail.skip(false);
    }
    int size = tail.length();
    if (size == 0) {
      return;
    }
    makeRoom(tail, 0);
    byte[] bytes = open(tail, 0);
    int base = batch.length();
    tail.moveTo(bytes, base);
    bytes[base + size] = '\n';
    batch.advance(size + 1);
    admit(bytes, base, base + size);
    arm();
  }

  /** The stream broke: an unfinished line is none. */
  void cutOff(Tail tail) {
    byte[] rest = tail.moveOut();
    tail.skip(false);
    if (rest.length > 0) {
      refused(Invalid.CUT_OFF, rest, 0, rest.length);
    }
  }

  private void scan(Tail tail, byte[] bytes, int base, int kept, int size) {
    int end = base + kept + size;
    int start = base;
    int at = base + kept;
    batch.advance(kept + size);
    int before = start;
    for (int nl; (nl = Bytes.indexOf(bytes, at, end, (byte) '\n')) >= 0; at = nl + 1) {
      if (tail.skipping()) {
        tail.skip(false);
      } else {
        admit(bytes, start, nl);
      }
      start = nl + 1;
    }
    if (start > before && !datagrams) {
      batch.packet();
    }
    keep(tail, bytes, start, end - start);
    batch.truncate(start);
  }

  private void keep(Tail tail, byte[] bytes, int start, int size) {
    if (tail.skipping() || size == 0) {
      return;
    }
    if (size > maxLine) {
      linesIn++;
      refuse(Invalid.TOO_LONG, bytes, start, start + size);
      tail.skip(true);
    } else {
      tail.append(bytes, start, size);
    }
  }

  /** Takes a line that lies in an array, without newline. */
  void line(byte[] in, int from, int to) {
    int size = to - from;
    if (batch.room() < size + 1) {
      send();
    }
    byte[] bytes = batch.reserve(size + 1);
    batch.sender(sender);
    int base = batch.length();
    System.arraycopy(in, from, bytes, base, size);
    bytes[base + size] = '\n';
    batch.advance(size + 1);
    admit(bytes, base, base + size);
    arm();
  }

  /** Makes a line of what lies in the batch, with its newline, if it is one. */
  private void admit(byte[] bytes, int from, int nl) {
    linesIn++;
    // All bytes count, so that it is the same wherever the stream was cut into pieces.
    if (nl - from > maxLine) {
      refuse(Invalid.TOO_LONG, bytes, from, nl);
      return;
    }
    int start = from;
    int end = nl;
    if (end > start && bytes[end - 1] == '\r') {
      bytes[--end] = '\n';
    }
    while (!blanks && start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    long key = start == end ? Invalid.EMPTY.code() : format.scan(bytes, start, end);
    if (key < 0) {
      refuse(Invalid.of(key), bytes, start, end);
      return;
    }
    batch.line(start, key, end);
    if (ledger != null) {
      ledger.taken();
    }
  }

  /** Counts something that came in and is no line. */
  void refused(Invalid why, byte[] bytes, int from, int to) {
    linesIn++;
    refuse(why, bytes, from, to);
    arm();
  }

  private void refuse(Invalid why, byte[] bytes, int from, int to) {
    invalid.add(why, 1);
    complaints.refused(why, bytes, from, to, sender);
    if (why != Invalid.EMPTY) {
      batch.refused();
    }
    if (ledger != null) {
      ledger.refused(why, bytes, from, to);
    }
  }

  /** Counts lines that come in where there is no room for them and no sender that could wait. */
  void dropped(long lines, long bytes) {
    linesIn += lines;
    meters.dropped.add(lines);
    came(bytes);
  }

  /** Counts bytes that came in where the caller does the finding of lines. */
  void came(long bytes) {
    bytesIn += bytes;
    arm();
  }

  private void arm() {
    if (!armed) {
      armed = true;
      soon.accept(goOff);
    }
  }

  private void goOff() {
    armed = false;
    send();
  }

  /** Sends the open batch off now, if there is anything in it. */
  void send() {
    publish();
    if (batch.count() == 0 && (batch.isEmpty() || !format.counted())) {
      batch.clear();
      return;
    }
    // Whole lines only: all framing lies before this. What is answered was looked at before.
    if (dropping && ledger == null && full()) {
      meters.dropped.add(batch.count());
      batch.clear();
      return;
    }
    LineBatch frozen = batch.freeze();
    meters.linesOut.add(frozen.count());
    boolean answered = ledger != null && frozen.count() > 0;
    Receipt receipt = null;
    if (answered) {
      frozen.keep(); // What is refused is told with its text.
      receipt = ledger.sealed(frozen);
    }
    if (!lane.send(frozen, into, frozen.size(), receipt) && !dropping) {
      onFull.run();
    }
  }

  private void publish() {
    meters.linesIn.add(linesIn);
    meters.bytesIn.add(bytesIn);
    linesIn = 0;
    bytesIn = 0;
  }
}
