package io.cadenza.api;

import io.cadenza.api.encode.Body;
import io.cadenza.api.encode.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request is answered.
 *
 * @param type of its content
 * @param series how many it tells
 * @param points how many it tells
 * @param tone how it speaks, where that is not as its endpoint does; else null
 */
record Answer(int status, String type, Body body, long series, long points, Endpoint.Tone tone) {
  static final String JSON = "application/json";
  static final String JAVASCRIPT = "text/javascript";
  static final String TEXT = "text/plain; charset=utf-8";

  static Answer of(String type, Body body) {
    return new Answer(200, type, body, 0, 0, null);
  }

  static Answer text(int status, String text) {
    Body body = Body.of(text.getBytes(StandardCharsets.UTF_8));
    return new Answer(status, TEXT, body, 0, 0, null);
  }

  /** JSON of what is in memory, wrapped as the request wants it. */
  static Answer json(Object value, Parameters parameters) throws IOException {
    String callback = parameters.callback();
    return of(jsonType(callback), Json.body(value, callback, parameters.pretty()));
  }

  static String jsonType(String callback) {
    return callback == null ? JSON : JAVASCRIPT;
  }

  /** That there is none. */
  static Answer refusal(Refusal refusal, Endpoint.Tone tone) throws IOException {
    if (tone != Endpoint.Tone.JSON) {
      return text(refusal.status(), refusal.getMessage());
    }
    Body body = Json.body(Map.of("error", refusal.getMessage()), null, false);
    return new Answer(refusal.status(), JSON, body, 0, 0, null);
  }

  boolean isGood() {
    return status < 400;
  }
}
