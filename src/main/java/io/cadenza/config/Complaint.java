package io.cadenza.config;

/** What is wrong with one value, in words that follow the value; never leaves this package. */
final class Complaint extends RuntimeException {
  Complaint(String message) {
    super(message, null, false, false);
  }
}
