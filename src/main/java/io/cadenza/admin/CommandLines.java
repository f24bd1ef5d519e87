package io.cadenza.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Cuts what comes on one connection of the shell into lines. What is no UTF-8 becomes U+FFFD. One
 * thread's.
 */
final class CommandLines {
  /** The longest line, in bytes. */
  static final int LONGEST = 64 << 10;

  private final Runnable tooLong;
  private Buffer heard = Buffer.buffer();
  private int from;
  private int searched;
  private boolean skips;

  /**
   * @param tooLong called in place of each line that is, as soon as that is known
   */
  CommandLines(Runnable tooLong) {
    this.tooLong = tooLong;
  }

  void add(Buffer piece) {
    // A copy: a few commands at the end of much would keep all of it.
    heard = Buffer.buffer().appendBuffer(heard, from, heard.length() - from).appendBuffer(piece);
    searched -= from;
    from = 0;
  }

  /** The next whole line, without its end. */
  Optional<String> next() {
    while (true) {
      int end = lineEnd();
      if (end < 0) {
        if (heard.length() - from > LONGEST) {
          skip();
        }
        if (skips) {
          forget();
        }
        return Optional.empty();
      }
      int start = from;
      from = end + 1;
      searched = from;
      if (end - start > LONGEST) {
        skip();
      }
      if (!skips) {
        return Optional.of(heard.getString(start, end, UTF_8.name()));
      }
      skips = false;
    }
  }

  private int lineEnd() {
    while (searched < heard.length()) {
      if (heard.getByte(searched++) == '\n') {
        return searched - 1;
      }
    }
    return -1;
  }

  private void skip() {
    if (!skips) {
      skips = true;
      tooLong.run();
    }
  }

  /** What has come of a line whose end has not. */
  String rest() {
    return heard.getString(from, heard.length(), UTF_8.name());
  }

  /** Nothing of it is left. */
  void forget() {
    heard = Buffer.buffer();
    from = 0;
    searched = 0;
  }
}
