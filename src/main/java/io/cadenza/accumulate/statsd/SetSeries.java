package io.cadenza.accumulate.statsd;

import io.cadenza.accumulate.KeyRoom;

/** Different texts, kept as they are, in the order in which they came. Allocates only to grow. */
final class SetSeries extends Series {
  /** The longest text, in bytes: others are refused. */
  static final int LONGEST = 0xffff;

  /** What a text takes beside its bytes: its slots, its end and its hash, with room to grow. */
  static final int PLACE_BYTES = 32;

  /** An array as {@link FewMembers} has it, or {@link Members}. */
  private Object members = FewMembers.NONE;

  private KeyRoom room;

  SetSeries(byte[] key, int nameLength, int tagsAt, int hash) {
    super(key, nameLength, tagsAt, SeriesKind.SET, hash);
  }

  int count() {
    return members instanceof byte[] few ? FewMembers.count(few) : ((Members) members).count();
  }

  /** Where the texts lie, each from {@link #from} to {@link #to}. */
  byte[] text() {
    return members instanceof byte[] few ? few : ((Members) members).text();
  }

  int from(int i) {
    return members instanceof byte[] few ? FewMembers.from(few, i) : ((Members) members).from(i);
  }

  int to(int i) {
    return from(i + 1);
  }

  /** Takes a text, unless it is there; false when there is no room for it. */
  boolean add(byte[] b, int from, int to, KeyRoom shared) {
    return members instanceof byte[] few
        ? add(few, b, from, to, shared)
        : add((Members) members, b, from, to, shared);
  }

  private boolean add(byte[] few, byte[] b, int from, int to, KeyRoom shared) {
    int found = FewMembers.find(few, b, from, to);
    if (found >= 0) {
      return true;
    }
    int end = ~found;
    int size = to - from;
    if (!take(size, shared)) {
      return false;
    }
    if (FewMembers.takes(few, end, size)) {
      byte[] all = FewMembers.add(few, end, b, from, size);
      if (all != few) {
        members = all; // Only then: to note an object is not free.
      }
    } else {
      Members many = new Members(few);
      many.add(Members.hash(b, from, to), b, from, to);
      members = many;
    }
    return true;
  }

  private boolean add(Members many, byte[] b, int from, int to, KeyRoom shared) {
    int hash = Members.hash(b, from, to);
    if (many.has(hash, b, from, to)) {
      return true;
    }
    int size = to - from;
    if (!many.takes(size) || !take(size, shared)) {
      return false;
    }
    many.add(hash, b, from, to);
    return true;
  }

  private boolean take(int size, KeyRoom shared) {
    if (size > LONGEST || !shared.takeBytes(size + PLACE_BYTES)) {
      return false;
    }
    if (room != shared) {
      room = shared; // Once: to note an object is not free.
    }
    return true;
  }

  /** Reads a byte of what is read when a text comes. */
  int lookAt() {
    return members instanceof byte[] few
        ? few[0] + few[few.length - 1]
        : ((Members) members).lookAt();
  }

  /** Forgets all. A small array is kept for the next ones, as no room is taken for it. */
  @Override
  void reset() {
    int count = count();
    if (count == 0) {
      return;
    }
    room.giveBackBytes(from(count) + (long) PLACE_BYTES * count);
    if (members instanceof byte[] few) {
      FewMembers.clear(few);
    } else {
      members = FewMembers.NONE;
    }
  }

  @Override
  void release() {
    reset();
  }
}
