package io.cadenza.writer.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.store.Aggregate;
import io.cadenza.store.Fetched;
import io.cadenza.store.Retention;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Python's whisper answered and wrote. */
class WhisperVectorsTest {
  @TempDir private Path folder;

  static Stream<Arguments> vectors() throws IOException {
    List<Arguments> all = new ArrayList<>();
    JsonArray vectors = new JsonObject(text("vectors.json")).getJsonArray("vectors");
    for (Disk disk : List.of(new JdkDisk(), NativeDisk.load())) {
      for (int i = 0; i < vectors.size(); i++) {
        JsonObject vector = vectors.getJsonObject(i);
        all.add(
            Arguments.of(disk.getClass().getSimpleName(), vector.getString("name"), disk, vector));
      }
    }
    return all.stream();
  }

  private static String text(String file) throws IOException {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in =
        WhisperVectorsTest.class.getResourceAsStream("/vectors/whisper/" + file)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void everyOperationMakesTheSameFile(String on, String name, Disk disk, JsonObject vector)
      throws IOException {
    Wsp wsp = new Wsp(disk);
    Path file = folder.resolve(name + ".wsp");
    assertThat(wsp.create(file, layout(vector))).isTrue();
    byte[] header = HexFormat.of().parseHex(vector.getString("header_hex"));
    assertThat(Files.readAllBytes(file)).hasSize(vector.getInteger("size")).startsWith(header);

    for (Object op : vector.getJsonArray("ops")) {
      assertThat(apply(wsp, file, (JsonObject) op)).as("%s", op).isTrue();
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(bytes(vector.getString("file")));
  }

  private static Layout layout(JsonObject vector) {
    List<Retention> retentions = new ArrayList<>();
    for (Object pair : vector.getJsonArray("archives")) {
      JsonArray archive = (JsonArray) pair;
      int step = archive.getInteger(0);
      retentions.add(new Retention(step, (long) step * archive.getInteger(1)));
    }
    return Layout.of(
        retentions,
        Aggregate.valueOf(vector.getString("aggregationMethod").toUpperCase(Locale.ROOT)),
        vector.getDouble("xFilesFactor"));
  }

  /** Whether it ended as in Python. */
  private static boolean apply(Wsp wsp, Path file, JsonObject op) throws IOException {
    long now = op.getLong("now");
    if (op.getString("op").equals("update")) {
      boolean done = wsp.update(file, op.getLong("timestamp"), op.getDouble("value"), now);
      return done == (op.getString("error") == null)
          && (done || op.getString("error").equals("TimestampNotCovered"));
    }
    JsonArray points = op.getJsonArray("points");
    long[] times = new long[points.size()];
    double[] values = new double[points.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = points.getJsonArray(i).getLong(0);
      values[i] = points.getJsonArray(i).getDouble(1);
    }
    wsp.updateMany(file, Points.of(times, values), now);
    return op.getString("error") == null;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void everyFetchAnswersTheSame(String on, String name, Disk disk, JsonObject vector)
      throws IOException {
    Wsp wsp = new Wsp(disk);
    Path file = Files.write(folder.resolve(name + ".wsp"), bytes(vector.getString("file")));

    for (Object one : vector.getJsonArray("fetches")) {
      JsonObject fetch = (JsonObject) one;
      JsonObject result = fetch.getJsonObject("result");
      if (result != null && result.containsKey("error")) {
        assertThatThrownBy(() -> fetch(wsp, file, fetch))
            .isInstanceOf(IllegalArgumentException.class);
      } else {
        assertThat(asPython(json(fetch(wsp, file, fetch)), result))
            .as("%s", fetch)
            .isEqualTo(result);
      }
    }
  }

  /**
   * Asked for an archive that does not reach back so far, Python tells of the whole time but has
   * values only up to where it has gone round the archive once; ours has all of them.
   */
  private static JsonObject asPython(JsonObject answer, JsonObject expected) {
    JsonArray values = answer == null ? null : answer.getJsonArray("values");
    if (values == null || values.size() <= expected.getJsonArray("values").size()) {
      return answer;
    }
    long all = (expected.getLong("end") - expected.getLong("start")) / expected.getInteger("step");
    assertThat(values).hasSize((int) all);
    return answer.put(
        "values",
        new JsonArray(values.getList().subList(0, expected.getJsonArray("values").size())));
  }

  private static Fetched fetch(Wsp wsp, Path file, JsonObject fetch) throws IOException {
    String step = fetch.getString("archiveToSelect");
    return wsp.fetch(
        file,
        fetch.getLong("fromTime"),
        fetch.getLong("untilTime"),
        fetch.getLong("now"),
        step == null ? Fetch.ANY_STEP : Retention.parse(step + ":1").orElseThrow().step());
  }

  private static JsonObject json(Fetched fetched) {
    if (fetched == null) {
      return null;
    }
    JsonArray values = new JsonArray();
    for (double value : fetched.values()) {
      values.add(Double.isNaN(value) ? null : value);
    }
    return new JsonObject()
        .put("start", fetched.start())
        .put("end", fetched.end())
        .put("step", fetched.step())
        .put("values", values);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void readsTheHeaders(String on, String name, Disk disk, JsonObject vector) throws IOException {
    Wsp wsp = new Wsp(disk);
    Path file = Files.write(folder.resolve(name + ".wsp"), bytes(vector.getString("file")));

    WhisperFile open = wsp.open(file);
    open.close();

    assertThat(open.layout).isEqualTo(layout(vector));
    assertThat(open.layout.maxRetention())
        .isEqualTo((long) vector.getJsonObject("info").getInteger("maxRetention"));
  }
}
