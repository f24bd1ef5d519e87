package io.cadenza.api;

import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each request in the log {@code cadenza.access}, at most a hundred a second: how many
 * more there were is told then. Nothing of headers, which may hold secrets. Event loop of the API.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("cadenza.access");
  private static final int MOST_A_SECOND = 100;
  private static final int LONGEST = 1000;

  private final boolean on;
  private final InstantSource clock;
  private long second;
  private int told;
  private long untold;

  /**
   * @param clock a steady one
   */
  AccessLog(boolean on, InstantSource clock) {
    this.on = on;
    this.clock = clock;
  }

  /**
   * A request is over.
   *
   * @param status of its answer, or {@code gone}
   */
  void tell(HttpServerRequest request, String status, long bytes, long micros) {
    if (!on || !mayTell()) {
      return;
    }
    LOG.info(
        "{} {} {} {} {} bytes {} ms",
        request.remoteAddress(),
        request.method(),
        shown(request.uri()),
        status,
        bytes,
        micros / 1000);
  }

  private boolean mayTell() {
    long now = clock.millis() / 1000;
    if (now != second) {
      second = now;
      told = 0;
      if (untold > 0) {
        LOG.info("{} more requests were not told", untold);
        untold = 0;
      }
    }
    boolean room = told < MOST_A_SECOND;
    told += room ? 1 : 0;
    untold += room ? 0 : 1;
    return room;
  }

  /** In one line, and not all of what is long. */
  static String shown(String uri) {
    String brief = uri.length() <= LONGEST ? uri : uri.substring(0, LONGEST) + "...";
    return brief.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? brief
        : brief
            .chars()
            .collect(StringBuilder::new, AccessLog::add, StringBuilder::append)
            .toString();
  }

  private static void add(StringBuilder text, int c) {
    text.append(c > ' ' && c < 0x7f ? (char) c : '.');
  }
}
