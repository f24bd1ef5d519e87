package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The points of one series that are being written: parts of intervals, or all of them. */
final class SeriesWrite {
  /** A span is read to its end where that is no longer than so many steps. */
  private static final int RECENT_STEPS = 64;

  /** Intervals that are remembered: the one that goes on, and the one before it. */
  private static final int REMEMBERED = 2;

  private record Part(long time, Interval interval, boolean merges) {}

  final byte[] key;
  final PointTable table;
  final Known known;
  private final ByteBuffer path;
  private final int ttl;
  private final List<Part> parts = new ArrayList<>();

  /**
   * @param known what is known of the series, null when that does not matter
   */
  SeriesWrite(byte[] key, PointTable table, int ttl, Known known) {
    this.key = key;
    this.table = table;
    this.ttl = ttl;
    this.known = known;
    this.path = ByteBuffer.wrap(key);
  }

  /** Adds what came next; of an interval that has come already, what it adds to it. */
  void add(long time, Interval interval, boolean merges) {
    Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last != null && last.time == time && merges) {
      parts.set(parts.size() - 1, new Part(time, last.interval.with(interval), last.merges));
    } else if (last != null && last.time == time) {
      parts.set(parts.size() - 1, new Part(time, interval, false));
    } else {
      parts.add(new Part(time, interval, merges));
    }
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /**
   * What has to be read before parts can be merged: of each partition the span of those of which it
   * is not known what is stored. A span that begins near now is read to the end of its partition,
   * so that nothing needs to be read for what comes next.
   */
  List<Gap> gaps(long now) {
    List<Gap> gaps = new ArrayList<>();
    long recent = now - (long) RECENT_STEPS * table.retention().step();
    int i = 0;
    while (i < parts.size()) {
      long bucketEnd = table.buckets().endOf(parts.get(i).time);
      long begin = 0;
      long end = Long.MIN_VALUE;
      for (; i < parts.size() && parts.get(i).time < bucketEnd; i++) {
        Part part = parts.get(i);
        if (part.merges && !known.knows(part.time)) {
          begin = end == Long.MIN_VALUE ? part.time : begin;
          end = part.time + 1;
        }
      }
      if (end != Long.MIN_VALUE) {
        gaps.add(new Gap(table.all(), path, known, begin, begin >= recent ? bucketEnd : end));
      }
    }
    return gaps;
  }

  /**
   * What is stored of each part is known: that is kept, until it is known what has become of it.
   */
  void isKnown() {
    for (Part part : parts) {
      if (part.merges) {
        known.learn(part.time, known.at(part.time));
      }
    }
  }

  /** Whether any point is a part of its interval only. */
  boolean merges() {
    return parts.stream().anyMatch(Part::merges);
  }

  /** The whole rows, by partition; what is stored of those that are merged is known. */
  List<List<BoundStatement>> partitions() {
    List<List<BoundStatement>> all = new ArrayList<>(1);
    List<BoundStatement> rows = null;
    long bucketEnd = Long.MIN_VALUE;
    for (Part part : parts) {
      if (rows == null || part.time >= bucketEnd) {
        rows = new ArrayList<>();
        all.add(rows);
        bucketEnd = table.buckets().endOf(part.time);
      }
      rows.add(table.insert(path, part.time, whole(part), ttl));
    }
    return all;
  }

  private Interval whole(Part part) {
    Interval stored = part.merges ? known.at(part.time) : null;
    return stored == null ? part.interval : stored.with(part.interval);
  }

  /** All of it is stored now. */
  void written() {
    for (Part part : parts) {
      known.learn(part.time, whole(part));
    }
    known.keepNewest(REMEMBERED);
  }
}
