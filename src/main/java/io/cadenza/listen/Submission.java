package io.cadenza.listen;

import io.cadenza.format.AutoFormat;
import io.vertx.core.http.HttpServerRequest;

/** A whole body that goes to the intake part by part. Belongs to the listener's event loop. */
final class Submission {
  /** So much is given at once: others have their turn in between, and a full router is seen. */
  private static final int PART = 64 * 1024;

  final HttpServerRequest request;
  final Body body;
  final Report report;
  final Runnable refused;
  private final Inflows inflows;
  private final AutoFormat.Kind kind;
  private final Inflow lines;
  private int at;

  /**
   * @param refused run when none of it is given
   */
  Submission(
      HttpServerRequest request, Body body, Report report, Inflows inflows, Runnable refused) {
    this.refused = refused;
    this.request = request;
    this.body = body;
    this.report = report;
    this.inflows = inflows;
    this.kind = inflows.kind(body.bytes(), body.length());
    this.lines = kind == AutoFormat.Kind.LINES ? inflows.lines() : null;
  }

  /** Whether some of it has been given. */
  boolean begun() {
    return at > 0;
  }

  /** Gives the next part; answers whether it was the last. */
  boolean give() {
    if (lines == null) {
      inflows.document(kind, body.bytes(), body.length());
      return true;
    }
    int to = Math.min(at + PART, body.length());
    lines.take(body.bytes(), at, to);
    at = to;
    if (at == body.length()) {
      lines.end();
    }
    return at == body.length();
  }
}
