package io.cadenza.writer.whisper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Folders in memory where the system has them, for tests that make thousands of files. */
final class MemoryFolder implements TempDirFactory {
  private static final Path SHARED = Path.of("/dev/shm");

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return Files.isWritable(SHARED)
        ? Files.createTempDirectory(SHARED, "whisper")
        : Files.createTempDirectory("whisper");
  }
}
