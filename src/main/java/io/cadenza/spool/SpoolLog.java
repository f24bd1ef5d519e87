package io.cadenza.spool;

/** Is told of every line that a spool gives up. Called on the thread that works on the spool. */
@FunctionalInterface
public interface SpoolLog {
  /** So many lines will never be read. */
  void lost(Loss why, long lines);
}
