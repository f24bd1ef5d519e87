package io.cadenza.bus;

import io.cadenza.line.Invalid;

/** Told what became of a batch, by the receiver, on the receiver's thread. */
public interface Receipt {
  /** One line of the batch was refused. */
  void refused(int line, Invalid why);

  /** The whole batch was dealt with. */
  void done();
}
