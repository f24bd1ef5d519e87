package io.cadenza.spool;

/** What happens to lines for which there is no room within the bound of a spool. */
public enum AtBound {
  /** The oldest segment of the lane goes, counted; what comes has its place. */
  DROP_OLDEST,
  /** What comes is dropped and counted. */
  DROP_NEWEST,
  /** Nothing is taken until there is room. */
  BLOCK
}
