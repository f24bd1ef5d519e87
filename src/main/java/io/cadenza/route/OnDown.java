package io.cadenza.route;

/** What a hash cluster does with the keys of a member that is down. */
public enum OnDown {
  /** They stay with it, and wait. */
  KEEP,
  /** They are spread over the others, as if it was not configured, until it is up again. */
  REMOVE
}
