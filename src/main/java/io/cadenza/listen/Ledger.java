package io.cadenza.listen;

import io.cadenza.bus.Receipt;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;

/**
 * Told what an intake makes of each line, in order, by a sender that is answered. Belongs to the
 * listener's event loop.
 */
interface Ledger {
  /** The next line is none: it was refused. The bytes are reused after the call. */
  void refused(Invalid why, byte[] bytes, int from, int to);

  /** The next line is the next of the open batch. */
  void taken();

  /** The open batch goes off; answers who is told what becomes of it, or null. */
  Receipt sealed(LineBatch batch);
}
