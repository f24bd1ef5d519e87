package io.cadenza.tool;

import java.time.Duration;
import java.util.List;

/**
 * What blast was asked for.
 *
 * @param servers where to send
 * @param kind which lines
 * @param buffer bytes of a write: as many whole lines as fit, one at least
 * @param forks senders for each server
 * @param pause how long a sender sleeps after each buffer; none is as fast as it is taken
 * @param words what keys are made of
 * @param wordsPerKey how many words a key has
 * @param lines after how many lines, of all senders together, it is done; 0 for never
 */
record BlastOptions(
    List<Url> servers,
    LineMaker.Kind kind,
    int buffer,
    int forks,
    Duration pause,
    List<String> words,
    int wordsPerKey,
    long lines) {
  private static final int LARGEST_BUFFER = 16 << 20;
  private static final int LARGEST_DATAGRAM = 65_507;
  private static final int MOST_FORKS = 10_000;
  private static final int MOST_WORDS = 1000;

  BlastOptions {
    servers = List.copyOf(servers);
    words = List.copyOf(words);
    servers.forEach(url -> checkServer(url, buffer));
    check(buffer > 0 && buffer <= LARGEST_BUFFER, "--buffer: 1 to " + LARGEST_BUFFER + " bytes");
    check(forks > 0 && forks <= MOST_FORKS, "--forks: 1 to " + MOST_FORKS);
    check(wordsPerKey > 0 && wordsPerKey <= MOST_WORDS, "--words-per-stat: 1 to " + MOST_WORDS);
    check(lines >= 0, "--lines: a number of lines, or 0 for no end");
    check(!words.isEmpty(), "--words: one at least");
    words.forEach(word -> check(plain(word), "--words: '" + word + "' can't be part of a key"));
  }

  private static void checkServer(Url url, int buffer) {
    check(url.scheme() == Url.Scheme.UNIX || url.port() > 0, url + ": a port to send to is wanted");
    check(
        url.scheme() != Url.Scheme.UDP || buffer <= LARGEST_DATAGRAM,
        "--buffer: a datagram has at most " + LARGEST_DATAGRAM + " bytes");
  }

  private static boolean plain(String word) {
    return !word.isEmpty() && word.chars().noneMatch(c -> c <= ' ' || c == ':' || c == '|');
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }

  /** How many lines the sender of this index is to send, of all senders; no end is a great many. */
  long share(int index) {
    int senders = servers.size() * forks;
    return lines == 0 ? Long.MAX_VALUE : lines / senders + (index < lines % senders ? 1 : 0);
  }
}
