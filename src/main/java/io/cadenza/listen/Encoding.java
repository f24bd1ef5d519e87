package io.cadenza.listen;

import java.util.Locale;

/** How a body is compressed. */
enum Encoding {
  IDENTITY,
  GZIP,
  DEFLATE,
  UNKNOWN;

  /** By the header that says it, which may be null. */
  static Encoding of(String header) {
    return switch (header == null ? "identity" : header.toLowerCase(Locale.ROOT)) {
      case "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      default -> UNKNOWN;
    };
  }

  /** What decompresses it; null where nothing has to. To be closed. */
  Decompressor decompressor() {
    return this == GZIP ? new Gunzip() : this == DEFLATE ? new Deflated() : null;
  }
}
