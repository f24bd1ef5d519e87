package io.cadenza.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which endpoint a path leads to. Slashes at the end don't count. */
final class Paths {
  /**
   * Where a path leads.
   *
   * @param rest of the path, for endpoints that take one
   */
  record Found(Endpoint endpoint, String rest) {}

  private final String base;
  private final Map<String, Endpoint> exact = new LinkedHashMap<>();
  private final Map<String, Endpoint> beginnings = new LinkedHashMap<>();

  /**
   * @param base in front of all; begins and ends with a slash
   */
  Paths(String base) {
    this.base = base;
  }

  /** Whether this is a path, with escapes that can be read; null for none. */
  static boolean isPath(String path) {
    if (path == null || !path.startsWith("/")) {
      return false;
    }
    for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
      if (i + 2 >= path.length() || FormText.hex(path.charAt(i + 1), path.charAt(i + 2)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Puts an endpoint behind a path, as {@code metrics/find}. */
  Paths add(String path, Endpoint endpoint) {
    exact.put(path, endpoint);
    return this;
  }

  /** Puts an endpoint behind all paths below this one for which there is no other. */
  Paths below(String path, Endpoint endpoint) {
    beginnings.put(path + "/", endpoint);
    return this;
  }

  /** The endpoint behind a whole path, decoded; null for none. */
  Found find(String path) {
    if (!path.startsWith(base)) {
      return null;
    }
    int end = path.length();
    while (end > base.length() && path.charAt(end - 1) == '/') {
      end--;
    }
    String own = path.substring(base.length(), end);
    Endpoint endpoint = exact.get(own);
    if (endpoint != null) {
      return new Found(endpoint, "");
    }
    for (Map.Entry<String, Endpoint> beginning : beginnings.entrySet()) {
      if (own.startsWith(beginning.getKey())) {
        return new Found(beginning.getValue(), own.substring(beginning.getKey().length()));
      }
    }
    return null;
  }

  /** All paths, for who asked for another. */
  List<String> all() {
    List<String> all = new ArrayList<>();
    exact.keySet().forEach(path -> all.add(base + path));
    beginnings.keySet().forEach(path -> all.add(base + path + "NAME"));
    return all.stream().sorted().toList();
  }
}
