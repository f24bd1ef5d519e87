package io.cadenza.spool;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * The pieces of a lane that have been handed out and are not done, and up to where all is done:
 * notes that place in the position file, and frees what is behind it. One thread.
 */
final class HandedOut {
  private final LaneFiles files;
  private final Position position;
  private final Reader reader;
  private final Writer writer;
  private final Ledger ledger;

  /** Bytes from which on the last segment is not kept for what comes, once all in it is done. */
  private final long large;

  private final ArrayDeque<Handed> pieces = new ArrayDeque<>();

  /** Up to where all is done. */
  private Position.Mark noted;

  /** Is there something that the position file does not tell yet? */
  private boolean positionBehind;

  /** A piece that is not done. */
  private record Handed(long end, int lines, long time, Position.Mark mark) {}

  HandedOut(SpoolFolder.Opened lane, Writer writer, Ledger ledger, long large) {
    this.files = lane.files();
    this.position = lane.position();
    this.reader = lane.reader();
    this.writer = writer;
    this.ledger = ledger;
    this.large = large;
    this.noted = lane.mark();
  }

  /** Up to where all is done. */
  Position.Mark noted() {
    return noted;
  }

  /** What was read last is handed out: a piece of so many lines. */
  void add(int lines) {
    pieces.add(new Handed(reader.sequence(), lines, reader.nextTime(), reader.mark()));
  }

  /**
   * All pieces up to this end are with the destination.
   *
   * @return when the record behind them was appended; empty when there was no such piece
   */
  OptionalLong done(long end) {
    OptionalLong time = OptionalLong.empty();
    while (!pieces.isEmpty() && pieces.peek().end <= end) {
      Handed piece = pieces.poll();
      ledger.done(piece.lines);
      noted = piece.mark;
      time = OptionalLong.of(piece.time);
      positionBehind = true;
    }
    return time;
  }

  /** When the record behind the first piece, or else the one that is read next, was appended. */
  long nextTime() {
    return pieces.isEmpty() ? reader.nextTime() : pieces.peek().time;
  }

  /** Where no piece is out, all is done up to where the next read begins. */
  void advance() throws IOException {
    if (!pieces.isEmpty()) {
      return;
    }
    while (reader.step()) {
      positionBehind = true;
    }
    Position.Mark mark = reader.mark();
    if (mark != null && !mark.equals(noted)) {
      noted = mark;
      positionBehind = true;
    }
  }

  /** Notes up to where all is done, and then frees what is behind that. */
  void settle() throws IOException {
    savePosition();
    while (noted != null && files.first() != null && isBehind(files.first())) {
      files.delete(files.first());
    }
    if (files.last() != null && files.last().length >= large) {
      removeDone();
    }
  }

  private void savePosition() throws IOException {
    if (positionBehind && noted != null) {
      position.write(noted);
      positionBehind = false;
    }
  }

  private boolean isBehind(Segment segment) {
    return segment.number < noted.segment() && segment != reader.segment();
  }

  /** Removes the last segment when all in it is done. */
  void removeDone() throws IOException {
    Segment last = files.last();
    boolean read = reader.sequence() >= writer.sequence();
    if (pieces.isEmpty() && read && last != null && last == files.first()) {
      files.delete(last);
      writer.leave();
      reader.forget();
    }
  }

  /** Tells of pieces whose segment was dropped: once the lane is closed nobody can read them. */
  void tellOfDropped() {
    long live = files.first() == null ? Long.MAX_VALUE : files.first().number;
    for (Handed piece : pieces) {
      if (piece.mark.segment() < live) {
        ledger.lost(Loss.FULL, piece.lines);
      }
    }
  }
}
