package io.cadenza.writer.whisper;

import java.util.ArrayList;
import java.util.List;

/**
 * The files that stay open, as many as may. One thread.
 *
 * <p>When there is no room, a file is closed after it was written to, unless one is found that was
 * not written to since the time before: that gives way. So those stay that are written to more
 * often, and where all are written in turn, always the same ones: if the one that was used longest
 * ago gave way, each would be closed just before it is needed again.
 */
final class OpenFiles {
  /** Seconds after which a file is closed although there is room, as its series may be gone. */
  private static final int GONE = 900;

  /** Files that are looked at for each that finds no room. */
  private static final int LOOKS = 2;

  private static final int LEAST = 16;

  private final List<SeriesFile> kept = new ArrayList<>();
  private int most;
  private int hand;

  OpenFiles(int most) {
    this.most = most;
  }

  int count() {
    return kept.size();
  }

  int most() {
    return most;
  }

  /** Keeps a file open, or closes it when there is no room. */
  void done(SeriesFile one, long now) {
    long before = one.usedAt;
    one.usedAt = now;
    if (one.isKept() || kept.size() < most) {
      keep(one);
      return;
    }
    for (int i = 0; i < LOOKS && !kept.isEmpty(); i++) {
      if (kept.get(hand()).usedAt < before) {
        drop(kept.get(hand));
        keep(one);
        return;
      }
      hand++;
    }
    one.close();
  }

  private int hand() {
    hand = hand < kept.size() ? hand : 0;
    return hand;
  }

  private void keep(SeriesFile one) {
    if (!one.isKept()) {
      one.place = kept.size();
      kept.add(one);
    }
  }

  /** Closes a file that may be kept. */
  void drop(SeriesFile one) {
    one.close();
    if (one.isKept()) {
      SeriesFile last = kept.remove(kept.size() - 1);
      if (last != one) {
        kept.set(one.place, last);
        last.place = one.place;
      }
      one.notKept();
    }
  }

  /** Closes a part of the files, and keeps no more than are left: the process has none to spare. */
  void shrink() {
    most = Math.max(LEAST, kept.size() * 3 / 4);
    while (kept.size() > most) {
      drop(kept.get(kept.size() - 1));
    }
  }

  /** Looks at some files for those whose series may be gone. */
  void sweep(long now, int looks) {
    for (int i = 0; i < looks && !kept.isEmpty(); i++) {
      if (kept.get(hand()).usedAt < now - GONE) {
        drop(kept.get(hand));
      } else {
        hand++;
      }
    }
  }

  void close() {
    while (!kept.isEmpty()) {
      drop(kept.get(kept.size() - 1));
    }
  }
}
