package io.cadenza.accumulate;

import java.io.IOException;

/** Takes all that is adopted, as slowly as can be. */
public final class KeyByKey {
  private KeyByKey() {}

  public static void adopt(Adoption adoption) throws IOException {
    boolean all = false;
    while (!all) {
      all = adoption.goOn(1);
    }
  }
}
