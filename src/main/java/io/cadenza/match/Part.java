package io.cadenza.match;

import com.google.re2j.Pattern;
import java.util.Arrays;

/** Some of a set's atoms, found together. One thread's. */
interface Part {
  /** Adds the atoms that match these bytes, which are UTF-8, to {@code into}. */
  void match(byte[] bytes, int from, int to, long[] into);

  /** One regex that no automaton of ours can run, or not in its budget. Copies the key. */
  record Single(int atom, Pattern pattern) implements Part {
    @Override
    public void match(byte[] bytes, int from, int to, long[] into) {
      if (pattern.matcher(Arrays.copyOfRange(bytes, from, to)).find()) {
        into[atom >> 6] |= 1L << atom;
      }
    }
  }
}
