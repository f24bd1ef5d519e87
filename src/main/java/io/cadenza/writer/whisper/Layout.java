package io.cadenza.writer.whisper;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Retention;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the header of a file says. Immutable.
 *
 * <p>Format: whisper's, big-endian. Type of aggregation, longest retention, x-files factor (a float
 * of 32 bits) and number of archives, 4 bytes each; then offset, step and points of each archive, 4
 * bytes each; then the archives, finest first.
 *
 * @param method how finer points become coarser ones
 * @param xFilesFactor which part of the finer points must be there to make a coarser one. It is
 *     compared as the float it is, widened: 0.4 is a little more than 2 of 5
 * @param maxRetention how far back the file reaches, in seconds
 * @param archives finest first
 */
record Layout(Aggregate method, float xFilesFactor, long maxRetention, List<Archive> archives) {
  private static final int METADATA = 16;
  private static final int ARCHIVE = 12;

  /** A step is at least twice the one before and has 32 bits, so there are no more archives. */
  static final int MOST_HEADER = METADATA + 32 * ARCHIVE;

  private static final long MOST_32 = 0xffff_ffffL;

  Layout {
    archives = List.copyOf(archives);
  }

  /**
   * That of a new file.
   *
   * @param finestFirst of which {@link #problem} tells nothing
   */
  static Layout of(List<Retention> finestFirst, Aggregate method, double xFilesFactor) {
    List<Archive> archives = new ArrayList<>();
    long offset = METADATA + (long) ARCHIVE * finestFirst.size();
    for (Retention one : finestFirst) {
      Archive archive = new Archive(offset, one.step(), (int) one.points());
      archives.add(archive);
      offset = archive.at(archive.points());
    }
    long longest = finestFirst.get(finestFirst.size() - 1).seconds();
    return new Layout(method, (float) xFilesFactor, longest, archives);
  }

  /** Why there can be no file of these retentions; nothing when there can. */
  static Optional<String> problem(List<Retention> finestFirst) {
    Optional<String> problem = Retention.problem(finestFirst);
    if (problem.isPresent()) {
      return problem;
    }
    long size = METADATA + (long) ARCHIVE * finestFirst.size();
    for (Retention one : finestFirst) {
      if (one.seconds() > MOST_32) {
        return Optional.of("whisper keeps nothing for more than 136 years");
      }
      if (one.points() > Integer.MAX_VALUE) {
        return Optional.of("a file would be larger than 4GiB");
      }
      size += one.points() * Archive.SLOT;
    }
    return size > MOST_32 ? Optional.of("a file would be larger than 4GiB") : Optional.empty();
  }

  /**
   * Reads a header, and believes only what can be true.
   *
   * @param length how many bytes of the file are in the memory, from its begin: at least {@link
   *     #MOST_HEADER} or all
   * @param size of the whole file
   * @throws CorruptFileException when it is none, or the file is shorter than it says
   */
  static Layout parse(Memory memory, int length, long size) throws CorruptFileException {
    ByteBuffer bytes = memory.bytes;
    check(length >= METADATA, "it is too short for a header");
    int type = bytes.getInt(0);
    Aggregate[] methods = Aggregate.values();
    check(type >= 1 && type <= methods.length, "its header has no known aggregation");
    float factor = bytes.getFloat(8);
    check(factor >= 0 && factor <= 1, "its header has no x-files factor from 0 to 1");
    long count = bytes.getInt(12) & MOST_32;
    check(count >= 1 && METADATA + ARCHIVE * count <= MOST_HEADER, "its header has no archives");
    check(METADATA + ARCHIVE * count <= length, "it is too short for its archives' headers");
    List<Archive> archives = archives(bytes, (int) count);
    Archive last = archives.get(archives.size() - 1);
    check(size >= last.at(last.points()), "it is shorter than its archives");
    long maxRetention = Math.min(bytes.getInt(4) & MOST_32, last.retention());
    return new Layout(methods[type - 1], factor, maxRetention, archives);
  }

  private static List<Archive> archives(ByteBuffer bytes, int count) throws CorruptFileException {
    List<Archive> archives = new ArrayList<>();
    List<Retention> retentions = new ArrayList<>();
    long offset = METADATA + (long) ARCHIVE * count;
    for (int i = 0; i < count; i++) {
      int at = METADATA + ARCHIVE * i;
      int step = bytes.getInt(at + 4);
      int points = bytes.getInt(at + 8);
      check((bytes.getInt(at) & MOST_32) == offset, "its archives are not where they should be");
      check(step > 0 && points > 0, "its archives have no step or points");
      Archive archive = new Archive(offset, step, points);
      archives.add(archive);
      retentions.add(new Retention(step, archive.retention()));
      offset = archive.at(points);
    }
    Optional<String> problem = Retention.problem(retentions);
    check(problem.isEmpty(), "its archives don't fit together: " + problem.orElse(""));
    return archives;
  }

  private static void check(boolean holds, String otherwise) throws CorruptFileException {
    if (!holds) {
      throw new CorruptFileException(otherwise);
    }
  }

  /** Puts the header as the file begins with it; {@link #headerBytes} of them. */
  void put(ByteBuffer into) {
    into.putInt(0, method.ordinal() + 1);
    into.putInt(4, (int) maxRetention);
    into.putFloat(8, xFilesFactor);
    into.putInt(12, archives.size());
    for (int i = 0; i < archives.size(); i++) {
      Archive archive = archives.get(i);
      int at = METADATA + ARCHIVE * i;
      into.putInt(at, (int) archive.offset());
      into.putInt(at + 4, archive.step());
      into.putInt(at + 8, archive.points());
    }
  }

  int headerBytes() {
    return METADATA + ARCHIVE * archives.size();
  }

  /** The size of the whole file. */
  long fileBytes() {
    Archive last = archives.get(archives.size() - 1);
    return last.at(last.points());
  }

  /** The same with other ways to aggregate. */
  Layout with(Aggregate otherMethod, float otherFactor) {
    return new Layout(otherMethod, otherFactor, maxRetention, archives);
  }

  List<Retention> retentions() {
    return archives.stream().map(a -> new Retention(a.step(), a.retention())).toList();
  }
}
