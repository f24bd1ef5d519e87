package io.cadenza.tool;

import java.time.Duration;
import java.util.List;

/**
 * What echo was asked for.
 *
 * @param servers where to listen
 * @param quiet whether lines are counted only, not printed
 * @param every how often the counts are told
 * @param count after how many lines it is done; 0 for never
 */
record EchoOptions(List<Url> servers, boolean quiet, Duration every, long count) {
  EchoOptions {
    servers = List.copyOf(servers);
    if (every.toMillis() < 1) {
      throw new IllegalArgumentException("--every: 1ms is the shortest");
    }
    if (count < 0) {
      throw new IllegalArgumentException("--count: a number of lines, or 0 for no end");
    }
  }
}
