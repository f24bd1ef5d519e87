package io.cadenza.match;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;

/** Some of a set's atoms, found together. One thread's. */
interface Part {
  /** Adds the atoms that match these bytes, which are UTF-8, to {@code into}. */
  void match(byte[] bytes, int from, int to, long[] into);

  /**
   * One regex that no automaton of ours can run, or not in its budget. Copies the key, to a string:
   * given bytes, RE2/J 1.8 takes every place after a character beyond ASCII for the text's begin.
   */
  record Single(int atom, Pattern pattern) implements Part {
    @Override
    public void match(byte[] bytes, int from, int to, long[] into) {
      if (pattern.matcher(new String(bytes, from, to - from, StandardCharsets.UTF_8)).find()) {
        into[atom >> 6] |= 1L << atom;
      }
    }
  }
}
