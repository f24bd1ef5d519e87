package io.cadenza.writer.whisper;

import java.io.IOException;

/** A file is none of whisper's, or not a whole one. */
final class CorruptFileException extends IOException {
  private static final long serialVersionUID = 1;

  CorruptFileException(String message) {
    super(message);
  }
}
