package io.cadenza.admin;

import io.cadenza.line.Bytes;
import io.cadenza.line.LineRun;
import io.cadenza.meter.Tally;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;

/**
 * One request that follows a tap: the lines that it asked for, as fast as it reads, up to a bound.
 *
 * <p>What it does not read in time is dropped and counted; nobody waits for it. Event loop of the
 * admin.
 */
final class Follower {
  private static final int QUEUE_BYTES = 1 << 20;

  private final HttpServerResponse response;
  private final byte[] prefix;
  private final byte[] substring;
  private final Tally out;
  private final Tally dropped;
  private long seen;
  private long lost;

  /**
   * @param prefix what lines begin with, empty for all
   * @param substring what lines have somewhere, empty for all
   */
  Follower(HttpServerResponse response, String prefix, String substring, Tally out, Tally dropped) {
    this.response = response;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.substring = substring.getBytes(StandardCharsets.UTF_8);
    this.out = out;
    this.dropped = dropped;
    response.setWriteQueueMaxSize(QUEUE_BYTES);
  }

  /** Lines it was sent. */
  long seen() {
    return seen;
  }

  /** Lines dropped since it did not read. */
  long lost() {
    return lost;
  }

  /** Sends it the lines of a run that it asked for; all are dropped unseen while it is full. */
  void take(LineRun run) {
    if (response.writeQueueFull()) {
      lost += run.lines();
      dropped.add(run.lines());
      return;
    }
    if (prefix.length + substring.length == 0) {
      send(Buffer.buffer(run.size()).appendBytes(run.bytes(), run.from(), run.size()), run.lines());
    } else {
      choose(run);
    }
  }

  private void choose(LineRun run) {
    byte[] bytes = run.bytes();
    Buffer chosen = Buffer.buffer();
    int lines = 0;
    for (int start = run.from(); start < run.to(); ) {
      int behind = Bytes.indexOf(bytes, start, run.to(), (byte) '\n') + 1;
      if (Bytes.startsWith(bytes, start, behind, prefix) && has(bytes, start, behind)) {
        chosen.appendBytes(bytes, start, behind - start);
        lines++;
      }
      start = behind;
    }
    if (lines > 0) {
      send(chosen, lines);
    }
  }

  private boolean has(byte[] bytes, int from, int to) {
    if (substring.length == 0) {
      return true;
    }
    int at = Bytes.indexOf(bytes, from, to, substring[0]);
    while (at >= 0 && !Bytes.startsWith(bytes, at, to, substring)) {
      at = Bytes.indexOf(bytes, at + 1, to, substring[0]);
    }
    return at >= 0;
  }

  private void send(Buffer lines, int count) {
    response.write(lines);
    seen += count;
    out.add(count);
  }
}
