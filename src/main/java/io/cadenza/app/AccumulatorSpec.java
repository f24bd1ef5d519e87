package io.cadenza.app;

import io.cadenza.accumulate.AccumulatorConfig;
import io.cadenza.spool.FolderName;

/**
 * One accumulator, as configured: what all have, and what its kind has.
 *
 * @param kind of it, as its own record
 */
record AccumulatorSpec(AccumulatorConfig common, Record kind) {
  String name() {
    return common.name();
  }

  /** Whether names that differ in what node statsd cleans away are one. */
  boolean cleansNames() {
    return false;
  }

  /** Where under the folder of all it leaves what is open. */
  String folder() {
    return FolderName.of(name());
  }

  /** Whether it can take what another of its name has open. */
  boolean goesOnWith(AccumulatorSpec before) {
    return kind.getClass() == before.kind.getClass();
  }
}
