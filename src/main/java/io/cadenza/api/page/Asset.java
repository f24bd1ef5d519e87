package io.cadenza.api.page;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the page, held in memory.
 *
 * @param type for the browser
 * @param tag of these bytes and no others, quoted as {@code ETag} has it
 * @param cache for how long a browser may keep it
 */
record Asset(Buffer bytes, String type, String tag, String cache) {
  /** Asked for again each time, which costs nothing while it stays the same. */
  private static final String ASK = "no-cache";

  /** Of a name that tells the version: never another under the same one. */
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private static final int TAG_BYTES = 12;

  /** Of ours. */
  static Asset of(String name) {
    return read("/io/cadenza/api/page/" + name, ASK);
  }

  /** Of a library, which has its version in its path. */
  static Asset ofLibrary(String path) {
    return read("/META-INF/resources/webjars/" + path, FOREVER);
  }

  private static Asset read(String path, String cache) {
    try (InputStream in = Asset.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + path);
      }
      byte[] bytes = in.readAllBytes();
      return new Asset(Buffer.buffer(bytes), type(path), tag(bytes), cache);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return switch (ending) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalStateException("no type for ." + ending);
    };
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * @param known what a browser says that it has, {@code If-None-Match}; may be null
   */
  boolean isKnown(String known) {
    if (known == null) {
      return false;
    }
    for (String one : known.split(",")) {
      String bare = one.strip();
      if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
