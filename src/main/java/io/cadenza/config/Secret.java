package io.cadenza.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/**
 * A token or password that prints as {@code ***}, so that no log, page or problem shows it.
 *
 * <p>Read with {@link Settings#secret}; immutable, any thread.
 */
public final class Secret {
  private static final Secret NONE = new Secret("");

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  public static Secret of(String value) {
    return value.isEmpty() ? NONE : new Secret(value);
  }

  /** What is read where no secret is configured: it is not given, and matches nothing. */
  public static Secret none() {
    return NONE;
  }

  public boolean isGiven() {
    return !value.isEmpty();
  }

  /** Is this the same secret? The time taken does not tell how much of it is right. */
  public boolean matches(String candidate) {
    return isGiven() && MessageDigest.isEqual(value.getBytes(UTF_8), candidate.getBytes(UTF_8));
  }

  /** The secret itself, for the one place that must send it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return isGiven() ? "***" : "none";
  }
}
