package io.cadenza.index;

/**
 * One series of a {@link TagIndex}. Immutable, and never another one's later: who holds it while it
 * is removed still reads what it was.
 */
final class TagSeries {
  /** Greater than that of all that were added before. */
  final long id;

  /** Its name in normal form. */
  final String text;

  private final String[] tags; // name and value by turns

  /**
   * Makes a series.
   *
   * @param tags names and values by turns, as objects that others share; not to be written to
   */
  TagSeries(long id, String text, String[] tags) {
    this.id = id;
    this.text = text;
    this.tags = tags;
  }

  /** The value of a tag; empty when it has none. */
  String value(String tag) {
    for (int i = 0; i < tags.length; i += 2) {
      if (tags[i].equals(tag)) {
        return tags[i + 1];
      }
    }
    return "";
  }

  int tagCount() {
    return tags.length / 2;
  }

  String tag(int i) {
    return tags[2 * i];
  }

  String value(int i) {
    return tags[2 * i + 1];
  }

  /** Whether it has a tag besides its name. */
  boolean isTagged() {
    return tags.length > 2;
  }
}
