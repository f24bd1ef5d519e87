package io.cadenza.config;

/**
 * One thing that is wrong with a configuration, in words that suffice to mend it.
 *
 * @param path where in the configuration, such as {@code pipelines.main.routes[3].to}; empty when
 *     the file as a whole is meant
 * @param value what stands there, quoted and shortened; empty when the message says it all
 * @param message what is wrong and what would be right
 * @param where file and line, such as {@code relay.conf:12}; empty when not known
 */
public record Problem(String path, String value, String message, String where) {
  /** One line: path, value, what would be right, file and line. */
  @Override
  public String toString() {
    var line = new StringBuilder(path);
    if (!path.isEmpty()) {
      line.append(": ");
    }
    if (!value.isEmpty()) {
      line.append(value).append(' ');
    }
    line.append(message);
    if (!where.isEmpty()) {
      line.append(" (").append(where).append(')');
    }
    return line.toString();
  }
}
