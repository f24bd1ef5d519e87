package io.cadenza.api;

import io.cadenza.index.TooManyException;
import io.cadenza.render.RenderException;

/**
 * Why a request has no answer but a status and a text that says so. Ordinary, so without a stack
 * trace.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * In {@code refused} of the figures; null for those that are nobody's concern but the client's.
   */
  private final String reason;

  private final int status;

  Refusal(int status, String text) {
    this(status, text, null);
  }

  Refusal(int status, String text, String reason) {
    super(text, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  /** A mistake in the request, in graphite's words. */
  static Refusal invalid(String what) {
    return new Refusal(400, "Invalid parameters (" + what + ")");
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  /** What a failure is to the client; null for one that is a mistake of ours. */
  static Refusal of(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal;
    }
    if (failure instanceof RenderException render) {
      return of(render);
    }
    if (failure instanceof TooManyException many) {
      return new Refusal(422, many.getMessage());
    }
    return null;
  }

  private static Refusal of(RenderException e) {
    return switch (e.kind()) {
      case REQUEST -> new Refusal(400, e.getMessage());
      case LIMIT -> new Refusal(422, e.getMessage());
      case TIME -> new Refusal(503, e.getMessage(), "time");
      case STORE -> new Refusal(503, e.getMessage(), "store");
    };
  }
}
