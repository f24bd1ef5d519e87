package io.cadenza.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadenza.line.Invalid;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a sink is given. */
final class Lines implements LineSink {
  final List<String> lines = new ArrayList<>();
  final List<Invalid> refused = new ArrayList<>();

  @Override
  public void line(byte[] bytes, int from, int to) {
    lines.add(new String(bytes, from, to - from, UTF_8));
  }

  @Override
  public void refused(Invalid reason) {
    refused.add(reason);
  }
}
