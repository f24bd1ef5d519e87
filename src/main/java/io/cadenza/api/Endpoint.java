package io.cadenza.api;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/**
 * One thing that can be asked for.
 *
 * @param name in figures
 * @param methods by which; HEAD where there is GET
 * @param tone how its answers speak
 * @param changes whether it changes something, so that other sites' pages may not ask for it
 * @param work what finds the answer
 */
record Endpoint(String name, Set<HttpMethod> methods, Tone tone, boolean changes, Work work) {
  static final Set<HttpMethod> READ = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  static final Set<HttpMethod> READ_OR_POST =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);
  static final Set<HttpMethod> POST = Set.of(HttpMethod.POST);

  /** What finds the answer to a request. Any number of workers at once; may block. */
  @FunctionalInterface
  interface Work {
    /**
     * The answer.
     *
     * @throws Refusal or a RenderException, when there is none
     */
    Answer answer(Asked asked) throws Exception;
  }

  /** How answers speak that are none, and how long they are good for. */
  enum Tone {
    /** Graphite's as a rule: text, good for once. */
    TEXT("no-cache", "no-cache"),
    /** Graphite's tags and functions: JSON with {@code error}. */
    JSON("no-cache", "no-cache"),
    /** Cadent's: answers are good for a minute, errors are not. */
    CADENT("public, max-age=60", "private, no-cache");

    final String good;
    final String bad;

    Tone(String good, String bad) {
      this.good = good;
      this.bad = bad;
    }
  }

  static Endpoint read(String name, Tone tone, Work work) {
    return new Endpoint(name, READ, tone, false, work);
  }

  static Endpoint readOrPost(String name, Tone tone, Work work) {
    return new Endpoint(name, READ_OR_POST, tone, false, work);
  }

  static Endpoint change(String name, Set<HttpMethod> methods, Tone tone, Work work) {
    return new Endpoint(name, methods, tone, true, work);
  }
}
