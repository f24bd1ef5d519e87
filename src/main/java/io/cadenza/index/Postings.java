package io.cadenza.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The series that have one value of a tag, in the order in which they came, in chunks of up to some
 * hundred. Written and read as {@link Branch} is: by one thread at a time, and meanwhile by any
 * number without a lock, since what is changed is replaced.
 */
final class Postings {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(TagSeries[][].class);
  private static final int MOST = 256;
  private static final TagSeries[][] NONE = {};

  /** The value, as all series share it. */
  final String value;

  private volatile TagSeries[][] chunks = NONE; // none is empty

  Postings(String value) {
    this.value = value;
  }

  private static TagSeries[] chunk(TagSeries[][] all, int i) {
    return (TagSeries[]) SLOT.getAcquire(all, i);
  }

  boolean isEmpty() {
    return chunks.length == 0;
  }

  /** How many series there are; takes a step for each chunk. */
  int count() {
    TagSeries[][] all = chunks;
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      count += chunk(all, i).length;
    }
    return count;
  }

  void forEach(Consumer<TagSeries> action) {
    TagSeries[][] all = chunks;
    for (int i = 0; i < all.length; i++) {
      for (TagSeries series : chunk(all, i)) {
        action.accept(series);
      }
    }
  }

  /** Adds a series that is newer than all here. One writer. */
  void add(TagSeries series) {
    TagSeries[][] all = chunks;
    int last = all.length - 1;
    if (last >= 0 && chunk(all, last).length < MOST) {
      SLOT.setRelease(all, last, joined(chunk(all, last), new TagSeries[] {series}));
    } else {
      TagSeries[][] more = Arrays.copyOf(all, all.length + 1);
      more[last + 1] = new TagSeries[] {series};
      chunks = more;
    }
  }

  /** Removes a series that is here. One writer. */
  void remove(TagSeries series) {
    TagSeries[][] all = chunks;
    int place = place(all, series);
    TagSeries[] chunk = chunk(all, place);
    int i = find(chunk, series.id);
    TagSeries[] less = Arrays.copyOf(chunk, chunk.length - 1);
    System.arraycopy(chunk, i + 1, less, i, less.length - i);
    if (less.length == 0) {
      chunks = without(all, place);
    } else if (place + 1 < all.length && fit(less, chunk(all, place + 1))) {
      TagSeries[][] fewer = without(all, place + 1);
      fewer[place] = joined(less, chunk(all, place + 1));
      chunks = fewer;
    } else if (place > 0 && fit(chunk(all, place - 1), less)) {
      TagSeries[][] fewer = without(all, place);
      fewer[place - 1] = joined(chunk(all, place - 1), less);
      chunks = fewer;
    } else {
      SLOT.setRelease(all, place, less);
    }
  }

  private static int place(TagSeries[][] all, TagSeries series) {
    int low = 1;
    int high = all.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      if (chunk(all, middle)[0].id <= series.id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return low - 1;
  }

  private static int find(TagSeries[] chunk, long id) {
    int low = 0;
    int high = chunk.length - 1;
    while (low < high) {
      int middle = low + high >>> 1;
      if (chunk[middle].id < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static boolean fit(TagSeries[] one, TagSeries[] next) {
    return one.length + next.length <= MOST / 2;
  }

  private static TagSeries[] joined(TagSeries[] one, TagSeries[] next) {
    TagSeries[] both = Arrays.copyOf(one, one.length + next.length);
    System.arraycopy(next, 0, both, one.length, next.length);
    return both;
  }

  private static TagSeries[][] without(TagSeries[][] all, int place) {
    TagSeries[][] fewer = Arrays.copyOf(all, all.length - 1);
    System.arraycopy(all, place + 1, fewer, place, fewer.length - place);
    return fewer;
  }
}
