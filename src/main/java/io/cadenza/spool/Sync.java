package io.cadenza.spool;

/** When what was written is forced to the disk, so that it outlives a power cut. */
public enum Sync {
  /** When the system pleases. The death of the process alone loses nothing. */
  NONE,
  /** Once an interval, when there is something new. */
  INTERVAL,
  /** With every append, before it answers. */
  ALWAYS
}
