package io.cadenza.writer.whisper;

/** Writes lines behind each other into a file. One thread. */
final class NameLines {
  private final DiskFile file;
  private final Memory memory;
  private long at;
  private int used;

  /**
   * @param at where in the file they go
   */
  NameLines(DiskFile file, Memory memory, long at) {
    this.file = file;
    this.memory = memory;
    this.at = at;
  }

  /** Ends the line that somebody left without its end. */
  void endLine() {
    memory.bytes.put(used++, (byte) '\n');
  }

  /** A name, of at most {@link FilePath#MOST} bytes. */
  void add(byte[] name) throws DiskException {
    if (used + name.length + 1 > memory.size()) {
      write();
    }
    memory.bytes.put(used, name);
    used += name.length;
    endLine();
  }

  /** Writes what is not written. */
  void write() throws DiskException {
    file.write(memory, 0, used, at);
    at += used;
    used = 0;
  }
}
