package io.cadenza.api;

/** What a client says that it understands: {@code Accept-Encoding} of RFC 9110. */
final class Accepted {
  private Accepted() {}

  /** Whether gzip is among it. */
  static boolean gzip(String header) {
    for (String part : header.split(",", -1)) {
      String[] coding = part.split(";", -1);
      String name = coding[0].strip();
      if (name.equalsIgnoreCase("gzip") || name.equals("*")) {
        return coding.length == 1 || !isZero(coding[1].strip());
      }
    }
    return false;
  }

  private static boolean isZero(String quality) {
    String value = quality.substring(quality.indexOf('=') + 1).strip();
    return quality.startsWith("q=") && value.chars().allMatch(c -> c == '0' || c == '.');
  }
}
