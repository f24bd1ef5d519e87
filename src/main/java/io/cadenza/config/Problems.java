package io.cadenza.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The problems found while one configuration is read, in the order they were found.
 *
 * <p>Filled by {@link Settings} and by whoever checks what a single value cannot show, such as a
 * name that nothing bears. One thread.
 */
public final class Problems {
  /** A wrong value of the defaults is met once for each block that uses it, and told once. */
  private final Set<Problem> found = new LinkedHashSet<>();

  /** Adds a problem; the parts are those of {@link Problem}. */
  public void add(String path, String value, String message, String where) {
    found.add(new Problem(path, value, message, where));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What has been found so far, each once. */
  public List<Problem> list() {
    return List.copyOf(found);
  }

  /**
   * Ends the reading: adds every key that nobody read.
   *
   * @throws ConfigException with all problems, if there is any
   */
  public void finish(Settings root) {
    root.done();
    throwIfAny();
  }

  /**
   * @throws ConfigException with all problems, if there is any
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(list());
    }
  }
}
