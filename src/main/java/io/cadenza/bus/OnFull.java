package io.cadenza.bus;

/** What happens at a destination whose queue is full. */
public enum OnFull {
  /** The senders are slowed: nothing is lost. */
  BLOCK,
  /** The lines that have waited longest are dropped and counted. */
  DROP_OLDEST,
  /** The lines that come now are dropped and counted. */
  DROP_NEWEST,
  /** The lines wait on disk. */
  SPOOL
}
