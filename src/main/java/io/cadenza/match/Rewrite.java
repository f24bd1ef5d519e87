package io.cadenza.match;

/**
 * Changes keys: a regex with a template, or plain text for plain text.
 *
 * <p>{@code max} is how many occurrences are replaced, from the left: 1 is what carbon-c-relay
 * does, -1 (all of them) what carbon-relay-ng and nanotube do. The rest of the key is kept. A key
 * that contains {@code not} (plain text, or a regex between slashes) is left alone.
 *
 * <p>In the template of a regex, {@code $1}, <code>${1}</code>, {@code $name} and <code>${name}
 * </code> stand for groups (0 is the whole match), as do carbon-c-relay's {@code \1} and {@code
 * \g{1}}, which take modifiers before the number: {@code _} lower case, {@code ^} upper case,
 * {@code .} dots to underscores, together as in {@code \_.1}. Case is changed for ASCII letters. A
 * group that took no part is empty. {@code $$} or {@code \$} is a dollar, {@code \\} a backslash.
 * Digits belong to the number as long as there is such a group.
 *
 * <p>The latest answers are cached by key, in at most 4 MiB (some 40 000 keys) and half as much for
 * their index, taken as they are needed. An instance belongs to one thread; {@link #copy} makes
 * another for another thread, with a cache of its own, and shares what was compiled. Matching and
 * text are UTF-8 as in {@link PatternSet}; bytes that are none survive.
 */
public final class Rewrite {
  /** The answer for a key that stays as it is. */
  public static final int UNCHANGED = -1;

  /** The answer when the new key is longer than the array it should go to. */
  public static final int TOO_LONG = -2;

  private static final int CACHE_BYTES = 4 << 20;

  private final Change change;
  private final int cacheBytes;
  private final KeyCache cache;

  Rewrite(Change change, int cacheBytes) {
    this.change = change;
    this.cacheBytes = cacheBytes;
    cache = new KeyCache(cacheBytes);
  }

  /**
   * Replaces what {@code regex} finds by {@code to}.
   *
   * @param max how many times, -1 for all
   * @param not what exempts a key, or null
   * @throws PatternException when the regex, the template or {@code not} cannot be used
   */
  public static Rewrite regex(String regex, String to, int max, String not) {
    return new Rewrite(RegexChange.of(regex, to, checked(regex, max), not), CACHE_BYTES);
  }

  /**
   * Replaces the text {@code old} by {@code to}, which both mean themselves only.
   *
   * @param max how many times, -1 for all
   * @param not what exempts a key, or null
   * @throws PatternException when {@code old} is empty or {@code not} cannot be used
   */
  public static Rewrite text(String old, String to, int max, String not) {
    return new Rewrite(TextChange.of(old, to, checked(old, max), not), CACHE_BYTES);
  }

  private static int checked(String pattern, int max) {
    if (max != -1 && max < 1) {
      throw new PatternException(pattern, -1, "max is " + max + ", not -1 (all) or at least 1");
    }
    return max;
  }

  /** The same rewrite for another thread, with an empty cache. */
  public Rewrite copy() {
    return new Rewrite(change, cacheBytes);
  }

  /**
   * The same with a cache of {@code cacheBytes}, rounded down to a power of two, 64 KiB or more.
   */
  public Rewrite copy(int cacheBytes) {
    return new Rewrite(change, Math.max(1 << 16, Integer.highestOneBit(cacheBytes)));
  }

  /** Bytes of keys that are cached now. */
  public long cached() {
    return cache.bytes();
  }

  /** Bytes of keys that may be cached. */
  public long mostCached() {
    return cache.most();
  }

  /**
   * Adds the condition without which this changes no key, and answers its index: when that atom
   * does not match, {@link #apply} need not be asked.
   */
  public int addTo(PatternSet.Builder conditions) {
    return change.addTo(conditions);
  }

  /**
   * Writes the new key for {@code bytes[from, to)} to the start of {@code into}, another array, and
   * answers its length, {@link #UNCHANGED} or {@link #TOO_LONG}. Then what is in {@code into} means
   * nothing. Never throws.
   */
  public int apply(byte[] bytes, int from, int to, byte[] into) {
    int known = cache.get(bytes, from, to, into);
    if (known != KeyCache.MISSING) {
      return known;
    }
    int length = change.apply(bytes, from, to, into);
    if (length != TOO_LONG) {
      cache.put(bytes, from, to, into, length);
    }
    return length;
  }
}
