package io.cadenza.writer.whisper;

/** When what was written is forced to the disk. */
public enum Fsync {
  /** When the system pleases: a power cut costs the last seconds. */
  NONE,
  /** With every update of a file, before its points count as written. */
  ALWAYS
}
