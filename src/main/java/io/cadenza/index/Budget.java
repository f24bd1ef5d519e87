package io.cadenza.index;

/** How much one search may look at before it is cut off. Belongs to one search, so one thread. */
final class Budget {
  /** What is enough for some tens of millions of names, and is spent within a second or two. */
  static final long USUAL = 100_000_000;

  private final String query;
  private final long most;
  private long spent;

  /**
   * @param most in steps; a step is a name compared, a few nanoseconds to some tens
   */
  Budget(long most, String query) {
    this.most = most;
    this.query = query;
  }

  /**
   * Takes note of steps.
   *
   * @throws TooManyException if they are too many by now
   */
  void spend(long steps) {
    spent += steps;
    if (spent > most) {
      throw new TooManyException(
          "the search for %s takes more than %d steps"
              .formatted(TooManyException.shown(query), most));
    }
  }
}
