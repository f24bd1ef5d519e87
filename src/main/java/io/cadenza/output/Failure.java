package io.cadenza.output;

import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Why a way to a destination could not be opened, or broke: the word by which it is counted, and a
 * text for the log. Of what is ordinary there is no stack trace to read.
 */
final class Failure extends Exception {
  /** The peer ended the connection, in good order or not. */
  static final Failure CLOSED = new Failure("closed", "closed by the peer");

  /** The peer takes nothing any more. */
  static final Failure STALLED = new Failure("stalled", "took nothing within the write timeout");

  private static final long serialVersionUID = 1;

  private final String reason;

  Failure(String reason, String text) {
    super(text, null, false, false);
    this.reason = reason;
  }

  /**
   * One of: refused, timeout, unresolved, unreachable, descriptors, tls, closed, stalled, status,
   * other.
   */
  String reason() {
    return reason;
  }

  /** Told by what went wrong below. */
  static Failure of(Throwable e) {
    String text = String.valueOf(e.getMessage());
    String lower = text.toLowerCase(Locale.ROOT);
    if (e instanceof Failure known) {
      return known;
    } else if (lacksDescriptors(e)) {
      return new Failure("descriptors", "there are no file descriptors left: " + root(e));
    } else if (e instanceof UnknownHostException) {
      return new Failure("unresolved", "its name does not resolve: " + text);
    } else if (e instanceof SSLException || e.getCause() instanceof SSLException) {
      return new Failure("tls", "TLS failed: " + root(e));
    } else if (e instanceof TimeoutException || lower.contains("timed out")) {
      return new Failure("timeout", "did not connect in time");
    } else if (e instanceof NoRouteToHostException || lower.contains("unreachable")) {
      return new Failure("unreachable", text);
    } else if (e instanceof ConnectException || e instanceof FileNotFoundException) {
      return new Failure("refused", text);
    } else if (closed(e, lower)) {
      return new Failure("closed", "closed by the peer: " + text);
    }
    return new Failure("other", e.toString());
  }

  /** Of the process, or of the whole system; wherever it shows. */
  private static boolean lacksDescriptors(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause() == at ? null : at.getCause()) {
      String text = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("too many open files")) {
        return true;
      }
    }
    return false;
  }

  private static boolean closed(Throwable e, String text) {
    return e instanceof ClosedChannelException
        || text.contains("reset")
        || text.contains("broken pipe")
        || text.contains("closed");
  }

  /** What lies at the bottom: there it says which certificate, which name. */
  private static String root(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return at.getMessage() == null ? at.toString() : at.getMessage();
  }
}
