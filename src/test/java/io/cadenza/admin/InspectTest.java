package io.cadenza.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects as node prints them; what it printed was recorded by inspect.js beside the file. */
class InspectTest {
  private static final JsonObject RECORDED = recorded();

  private static JsonObject recorded() {
    try {
      String text = Files.readString(Path.of("src/test/resources/vectors/statsd/inspect.json"));
      return new JsonObject(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonObject> numbers() {
    return RECORDED.getJsonArray("numbers").stream().map(JsonObject.class::cast);
  }

  static Stream<JsonObject> lists() {
    return RECORDED.getJsonArray("lists").stream().map(JsonObject.class::cast);
  }

  private static <T> Map<String, T> entries(JsonObject vector, Function<Object, T> value) {
    Map<String, T> all = new LinkedHashMap<>();
    for (Object entry : vector.getJsonArray("entries")) {
      all.put(((JsonArray) entry).getString(0), value.apply(((JsonArray) entry).getValue(1)));
    }
    return all;
  }

  private static TimerValues values(Object texts) {
    return TimerValues.of(
        ((JsonArray) texts).stream().mapToDouble(t -> Double.parseDouble((String) t)).toArray());
  }

  private static String text(Iterator<String> pieces) {
    StringBuilder all = new StringBuilder();
    pieces.forEachRemaining(all::append);
    return all.toString();
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void printsNumbersAsNode(JsonObject vector) {
    Map<String, Double> all = entries(vector, text -> Double.valueOf((String) text));

    assertThat(text(Inspect.numbers(all))).isEqualTo(vector.getString("print"));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void printsListsAsNode(JsonObject vector) {
    Map<String, TimerValues> all = entries(vector, InspectTest::values);

    assertThat(text(Inspect.lists(all))).isEqualTo(vector.getString("print"));
  }

  @Test
  void tellsHowManyValuesThereAreBesideThoseThatAreKept() {
    TimerValues some = TimerValues.of(new double[] {1, 2, 0, 0}, 2, 1002);

    assertThat(text(Inspect.lists(Map.of("t", some))))
        .isEqualTo("{ t: [ 1, 2, ... 1000 more items ] }");
  }

  @Property
  void printsAnyKeyOnItsOwnLineOrInOne(@ForAll Map<String, Double> all) {
    String printed = text(Inspect.numbers(all));

    assertThat(printed.lines().count()).isIn(1L, all.size() + 2L);
    assertThat(printed).startsWith("{").endsWith("}");
  }
}
