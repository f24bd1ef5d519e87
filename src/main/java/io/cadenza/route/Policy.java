package io.cadenza.route;

/** How a cluster shares its lines among its destinations. */
public enum Policy {
  /** Every line to every destination whose own matcher holds. */
  ALL,
  /** Every line to the first destination whose own matcher holds. */
  FIRST_MATCH,
  /** Every line to one destination, chosen by key; to another one while that is down. */
  ANY_OF,
  /** Every line to the first destination that is up. */
  FAILOVER,
  /** Lines to one destination after the other. */
  ROUND_ROBIN,
  /** Every line to the destinations that a ring chooses for its key. */
  HASH
}
