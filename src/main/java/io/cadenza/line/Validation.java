package io.cadenza.line;

/** How strictly a pipeline looks at its lines. */
public enum Validation {
  /** Every line that has a key passes, unchanged. */
  NONE,
  /** Fields, value, time, UTF-8 and tags must be right; any printable key passes. */
  MEDIUM,
  /** As medium, and keys hold {@code [A-Za-z0-9_.-]} only, without empty components. */
  STRICT,
  /** Keys are mended as carbon-c-relay mends them, instead of being refused. */
  CLEAN
}
