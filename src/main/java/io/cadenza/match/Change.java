package io.cadenza.match;

import com.google.re2j.Pattern;

/** How a rewrite changes a key, without a cache. Immutable, shared by threads. */
interface Change {
  /** As {@link Rewrite#apply}. */
  int apply(byte[] bytes, int from, int to, byte[] into);

  /** As {@link Rewrite#addTo}. */
  int addTo(PatternSet.Builder conditions);

  /** The pattern of what exempts keys, plain text or a regex between slashes; null for nothing. */
  static Pattern exemption(String not) {
    if (not == null || not.isEmpty()) {
      return null;
    }
    boolean regex = not.length() > 2 && not.startsWith("/") && not.endsWith("/");
    return regex
        ? RegexParser.atom(0, not.substring(1, not.length() - 1)).pattern()
        : Pattern.compile(Pattern.quote(not));
  }
}
