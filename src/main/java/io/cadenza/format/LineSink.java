package io.cadenza.format;

import io.cadenza.line.Invalid;

/** Takes the graphite lines that a frame or document held, one by one, and what was none. */
public interface LineSink {
  /** A line, without newline, with a key of one word. The bytes are reused after the call. */
  void line(byte[] bytes, int from, int to);

  /** One item, or what remained of the input, that is no line: to be counted by its reason. */
  void refused(Invalid reason);
}
