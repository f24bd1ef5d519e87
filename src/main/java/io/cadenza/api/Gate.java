package io.cadenza.api;

import io.cadenza.config.Secret;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Who may ask: who has the token, if there is one; and for changes no page of another site. */
final class Gate {
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private final Secret token;
  private final List<String> origins;

  /**
   * @param origins of other sites that may ask all the same
   */
  Gate(Secret token, List<String> origins) {
    this.token = token;
    this.origins = List.copyOf(origins);
  }

  /** Whether a request has the token: as a bearer's, or as the password of basic authentication. */
  boolean opens(HttpServerRequest request) {
    if (!token.isGiven()) {
      return true;
    }
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return false;
    }
    String scheme = header.toLowerCase(Locale.ROOT);
    if (scheme.startsWith(BEARER)) {
      return token.matches(header.substring(BEARER.length()).strip());
    }
    return scheme.startsWith(BASIC) && token.matches(password(header.substring(BASIC.length())));
  }

  private static String password(String encoded) {
    try {
      byte[] pair = Base64.getDecoder().decode(encoded.strip());
      String text = new String(pair, StandardCharsets.UTF_8);
      return text.substring(text.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * Whether a request comes from the page of another site, which has a browser ask for it without
   * the person's knowing.
   */
  boolean isForeign(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null) {
      String own = String.valueOf(request.authority());
      boolean same = origin.endsWith("://" + own);
      return !same && !origins.contains("*") && !origins.contains(origin);
    }
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }
}
