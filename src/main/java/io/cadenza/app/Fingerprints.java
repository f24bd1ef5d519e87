package io.cadenza.app;

import io.cadenza.api.ApiConfig;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.output.DestinationConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells whether files that a configuration refers to have changed behind the same name. */
final class Fingerprints {
  private Fingerprints() {}

  /** One for each file, of what it holds now; empty for one that can't be read. */
  static Map<Path, String> of(
      Collection<ListenerConfig> listeners,
      Collection<DestinationConfig> destinations,
      ApiConfig api) {
    Map<Path, String> all = new TreeMap<>();
    Stream.of(
            listeners.stream().flatMap(listener -> listener.tls().files().stream()),
            destinations.stream().flatMap(destination -> destination.tls().files().stream()),
            api.files().stream())
        .flatMap(files -> files)
        .forEach(file -> all.computeIfAbsent(file, Fingerprints::of));
    return all;
  }

  private static String of(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has it.
    }
  }
}
