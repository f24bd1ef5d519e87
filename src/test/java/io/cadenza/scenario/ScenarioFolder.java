package io.cadenza.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One scenario: {@code relay.conf}, {@code in/<listener>}, {@code out/<sink>}, {@code stats}.
 *
 * <p>Files of lines may hold <code>\xNN</code>, {@code \t}, {@code \r} and {@code \\}; all else is
 * taken as it is, with or without a newline at the end.
 */
record ScenarioFolder(Path folder) {

  /** The configuration, with its placeholders. */
  String conf() {
    return read(folder.resolve("relay.conf"));
  }

  /** Bytes to send, by listener. */
  Map<String, byte[]> inputs() {
    Map<String, byte[]> all = new TreeMap<>();
    files("in").forEach((name, text) -> all.put(name, bytes(text)));
    return all;
  }

  /** What has to come, by the name in {@code PORT_name}, one character a byte. */
  Map<String, String> outputs() {
    Map<String, String> all = new TreeMap<>();
    files("out")
        .forEach(
            (name, text) -> all.put(name, new String(bytes(text), StandardCharsets.ISO_8859_1)));
    return all;
  }

  /** Figures by path, with placeholders. */
  Map<String, Long> stats() {
    Map<String, Long> all = new LinkedHashMap<>();
    Path file = folder.resolve("stats");
    if (Files.exists(file)) {
      read(file)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" = "))
          .forEach(parts -> all.put(parts[0].strip(), Long.parseLong(parts[1].strip())));
    }
    return all;
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }

  private Map<String, String> files(String inside) {
    Map<String, String> all = new TreeMap<>();
    Path place = folder.resolve(inside);
    if (Files.isDirectory(place)) {
      try (Stream<Path> files = Files.list(place)) {
        files.forEach(file -> all.put(file.getFileName().toString(), read(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '\\') {
        out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      char kind = text.charAt(++at);
      switch (kind) {
        case 'x' -> {
          out.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
          at += 2;
        }
        case 't' -> out.write('\t');
        case 'r' -> out.write('\r');
        case '\\' -> out.write('\\');
        default -> throw new IllegalArgumentException("\\" + kind);
      }
    }
    return out.toByteArray();
  }
}
