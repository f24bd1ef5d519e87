package io.cadenza.route;

/** Answers whether a matcher holds for a key. Belongs to one thread. */
public final class KeyMatcher {
  private final MatcherTable table;

  public KeyMatcher(MatcherConfig config) {
    MatcherTable.Builder builder = new MatcherTable.Builder();
    builder.add(config);
    table = builder.build();
  }

  /** Whether it holds for the key in {@code bytes[from, to)}, tags included. */
  public boolean matches(byte[] bytes, int from, int to) {
    return table.holds(0, table.outcome(bytes, from, to));
  }
}
