package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;

/**
 * What the parts of one whisper store have in common. Any thread.
 *
 * @param clock tells what time it is for points
 * @param steady a steady one
 */
record WhisperParts(
    WhisperConfig config,
    Disk disk,
    FileLocks locks,
    WhisperMeters meters,
    InstantSource clock,
    InstantSource steady) {
  /** Paths of keys, for one thread. */
  KeyPaths paths() {
    String folder = config.path().toAbsolutePath().normalize().toString();
    return new KeyPaths((folder.endsWith("/") ? folder : folder + "/").getBytes(UTF_8));
  }

  /** Seconds since 1970. */
  long now() {
    return Math.floorDiv(clock.millis(), 1000L);
  }

  long steadySeconds() {
    return steady.millis() / 1000;
  }
}
