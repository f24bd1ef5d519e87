package io.cadenza.writer.whisper;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import io.cadenza.store.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Whisper files by hand, with what a thread needs for them. */
final class Wsp {
  final Disk disk;
  final Memory memory;
  final Stamp stamp;
  final Updater updater;
  final Fetch fetch;

  Wsp(Disk disk) {
    this.disk = disk;
    memory = disk.memory(1 << 16);
    stamp = new Stamp(disk);
    updater = new Updater(disk, true);
    fetch = new Fetch(disk);
  }

  static Wsp jdk() {
    return new Wsp(new JdkDisk());
  }

  FilePath path(Path file) {
    FilePath path = new FilePath(disk);
    path.add(file.toString());
    return path;
  }

  static List<Retention> retentions(String... texts) {
    return Arrays.stream(texts).map(text -> Retention.parse(text).orElseThrow()).toList();
  }

  boolean create(Path file, Layout layout) throws IOException {
    FilePath temporary = path(file.resolveSibling(".temporary"));
    DiskFile made = WhisperFile.create(disk, path(file), temporary, layout, true, false, memory);
    if (made != null) {
      made.close();
    }
    return made != null;
  }

  boolean create(Path file, Aggregate method, double factor, String... retentions)
      throws IOException {
    return create(file, Layout.of(retentions(retentions), method, factor));
  }

  WhisperFile open(Path file) throws IOException {
    return WhisperFile.open(disk, path(file), true, memory, stamp);
  }

  boolean update(Path file, long time, double value, long now) throws IOException {
    WhisperFile open = open(file);
    try {
      return updater.update(open, time, value, now);
    } finally {
      open.close();
    }
  }

  /** How many points were too old. */
  int updateMany(Path file, Points points, long now) throws IOException {
    WhisperFile open = open(file);
    try {
      return updater.updateMany(open, points, now);
    } finally {
      open.close();
    }
  }

  Fetched fetch(Path file, long from, long until, long now, int step) throws IOException {
    WhisperFile open = open(file);
    try {
      return fetch.fetch(open, from, until, now, step);
    } finally {
      open.close();
    }
  }
}
