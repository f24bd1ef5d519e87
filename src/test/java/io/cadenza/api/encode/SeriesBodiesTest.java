package io.cadenza.api.encode;

import static io.cadenza.api.encode.Bodies.bytes;
import static io.cadenza.api.encode.Bodies.large;
import static io.cadenza.api.encode.Bodies.pieces;
import static io.cadenza.api.encode.Bodies.series;
import static io.cadenza.api.encode.Bodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.format.PickleReader;
import io.cadenza.render.Series;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

class SeriesBodiesTest {
  private static final double NONE = Double.NaN;
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final int SIZE = 50_000;

  @Test
  void jsonHasNullWhereThereIsNoValueAndMoreThanAnyNumberForTheInfinite() throws IOException {
    Series one = series("a", 100, 10, 1, NONE, INFINITE, -INFINITE, 0.1);

    assertThat(text(new JsonSeries(List.of(one), null, false, true)))
        .isEqualTo(
            "[{\"target\":\"a\",\"tags\":{\"name\":\"a\"},\"datapoints\":[[1.0, 100], [null, 110],"
                + " [1e9999, 120], [-1e9999, 130], [0.1, 140]]}]");
  }

  @Test
  void jsonOfNothingIsAnEmptyList() throws IOException {
    assertThat(text(new JsonSeries(List.of(), null, false, true))).isEqualTo("[]");
    assertThat(text(new JsonSeries(List.of(), "f", false, true))).isEqualTo("f([])");
  }

  @Test
  void jsonWithoutNullsHasNoSeriesOfNothingElse() throws IOException {
    List<Series> both = List.of(series("a", 100, 10, NONE, 2), series("b", 100, 10, NONE, NONE));

    assertThat(text(new JsonSeries(both, null, false, false)))
        .isEqualTo("[{\"target\":\"a\",\"tags\":{\"name\":\"a\"},\"datapoints\":[[2.0, 110]]}]");
  }

  @Test
  void jsonOfManyPiecesIsWhole() throws IOException {
    List<Series> all = List.of(large("a", SIZE), series("b", 1, 1), large("c", SIZE));

    JsonArray read = new JsonArray(text(new JsonSeries(all, null, true, true)));

    assertThat(pieces(new JsonSeries(all, null, true, true))).isGreaterThan(3);
    assertThat(read.stream().map(each -> points((JsonObject) each))).containsExactly(SIZE, 0, SIZE);
    JsonArray last = read.getJsonObject(2).getJsonArray("datapoints").getJsonArray(SIZE - 1);
    assertThat(last)
        .isEqualTo(new JsonArray().add((SIZE - 1) / 8.0).add(1_700_000_000 + 10 * (SIZE - 1)));
  }

  private static int points(JsonObject series) {
    return series.getJsonArray("datapoints").size();
  }

  @Test
  void jsonIsAsciiWhateverTheNamesAre() throws IOException {
    Series odd = series("caf\u00e9 \u2028\"\u0007</script>", 1, 1, 1);

    String text = text(new JsonSeries(List.of(odd), null, false, true));

    assertThat(text.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
    assertThat(new JsonArray(text).getJsonObject(0).getString("target")).isEqualTo(odd.name());
  }

  @Test
  void jsonTellsNoValuesBehindTheEnd() throws IOException {
    Series cut = series("a", 100, 10, 1, 2, 3, 4).end(120);

    assertThat(
            points(
                new JsonArray(text(new JsonSeries(List.of(cut), null, false, true)))
                    .getJsonObject(0)))
        .isEqualTo(3);
  }

  @Test
  void rawHasWhatPythonPrints() throws IOException {
    List<Series> two = List.of(series("a", 100, 10, 1, NONE, 1e16), series("b", 0, 60));

    assertThat(text(new RawSeries(two))).isEqualTo("a,100,130,10|1.0,None,1e+16\nb,0,0,60|\n");
  }

  @Test
  void csvHasTheTimeOfItsZoneAndQuotesWhereTheyAreNeeded() throws IOException {
    Series one = series("a,\"b\"", 1_700_000_000, 10, 1.5, NONE);

    assertThat(text(new CsvSeries(List.of(one), ZoneId.of("Europe/Amsterdam"))))
        .isEqualTo(
            "\"a,\"\"b\"\"\",2023-11-14 23:13:20,1.5\r\n"
                + "\"a,\"\"b\"\"\",2023-11-14 23:13:30,\r\n");
  }

  @Test
  void csvOfManyPiecesHasAllRows() throws IOException {
    assertThat(text(new CsvSeries(List.of(large("a", SIZE)), ZoneOffset.UTC)).lines())
        .hasSize(SIZE);
  }

  @Test
  void rickshawHasTimesAndValues() throws IOException {
    Series one = series("a", 100, 10, 1, NONE);

    assertThat(text(new RickshawSeries(List.of(one), "f", false)))
        .isEqualTo(
            "f([{\"target\":\"a\",\"datapoints\":[{\"x\": 100, \"y\": 1.0}, {\"x\": 110, \"y\":"
                + " null}]}])");
  }

  @Test
  void dygraphHasARowForEachTimeOfTheFirst() throws IOException {
    List<Series> two = List.of(series("a", 100, 10, 1, NONE), series("b", 100, 20, INFINITE));

    assertThat(text(new DygraphSeries(two, null)))
        .isEqualTo(
            "{\"labels\" : [\"Time\",\"a\",\"b\"], \"data\" : [[100000, 1.0, 1e9999], [110000,"
                + " null, null]]}");
    assertThat(text(new DygraphSeries(List.of(), null))).isEqualTo("{}");
  }

  @Test
  void dygraphOfManyPiecesHasAllRows() throws IOException {
    List<Series> two = List.of(large("a", SIZE), large("b", SIZE));

    assertThat(new JsonObject(text(new DygraphSeries(two, null))).getJsonArray("data"))
        .hasSize(SIZE);
  }

  @Test
  void pickleIsReadAsTheDictsThatGraphiteWants() throws IOException {
    Series one = series("a.b", 1_700_000_010, 10, 1, NONE, 2.5).pathExpression("a.*");
    byte[] pickle = bytes(new PickleSeries(List.of(one)));

    Map<?, ?> read = (Map<?, ?>) ((List<?>) PickleReader.unpickle(pickle, 0, pickle.length)).get(0);

    assertThat(read.get("name")).isEqualTo("a.b");
    assertThat(read.get("start")).isEqualTo(1_700_000_010L);
    assertThat(read.get("end")).isEqualTo(1_700_000_040L);
    assertThat(read.get("step")).isEqualTo(10L);
    assertThat((List<?>) read.get("values")).isEqualTo(Arrays.asList(1.0, null, 2.5));
    assertThat(read.get("pathExpression")).isEqualTo("a.*");
    assertThat(read.get("consolidationFunc")).isEqualTo("average");
  }

  @Test
  void pickleOfManyPiecesHasAllValues() throws IOException {
    byte[] pickle = bytes(new PickleSeries(List.of(large("a", SIZE), large("b", SIZE))));

    List<?> read = (List<?>) PickleReader.unpickle(pickle, 0, pickle.length);

    assertThat(read)
        .extracting(each -> ((List<?>) ((Map<?, ?>) each).get("values")).size())
        .isEqualTo(List.of(SIZE, SIZE));
  }

  @Test
  void timesBeyond2038AreWholeNumbersOfPickle() {
    byte[] pickle = ((Body.Whole) Pickle.body(List.of(1L << 40, -5, "\u00e9", true))).next().copy();

    assertThat(PickleReader.unpickle(pickle, 0, pickle.length))
        .isEqualTo(List.of(1L << 40, -5L, "\u00e9", true));
  }

  @Test
  void msgpackHasTheSame() throws IOException {
    Series one = series("a.b", 1_700_000_010, 10, 1, NONE).pathExpression("a.*");
    try (MessageUnpacker unpacker =
        MessagePack.newDefaultUnpacker(bytes(new MsgpackSeries(List.of(one))))) {
      Value read = unpacker.unpackValue();

      assertThat(new JsonArray(read.toJson()).getJsonObject(0))
          .isEqualTo(
              new JsonObject()
                  .put("name", "a.b")
                  .put("start", 1_700_000_010)
                  .put("end", 1_700_000_030)
                  .put("step", 10)
                  .put("pathExpression", "a.*")
                  .put("valuesPerPoint", 1)
                  .put("consolidationFunc", "average")
                  .put("xFilesFactor", 0.0)
                  .put("values", new JsonArray().add(1.0).addNull()));
    }
  }

  @Test
  void whatIsCompressedIsTheSame() throws IOException {
    List<Series> all = List.of(large("a", SIZE), large("b", SIZE));
    JsonSeries body = new JsonSeries(all, null, false, true);

    byte[] packed = bytes(new Gzip(body.next(), body));

    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    assertThat(plain).isEqualTo(bytes(new JsonSeries(all, null, false, true)));
    assertThat(packed.length).isLessThan(plain.length / 3);
  }

  @Test
  void whatIsOnePieceIsCompressedWhole() throws IOException {
    Body body = Body.of(new byte[5000]);

    byte[] packed = bytes(new Gzip(body.next(), body));

    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes()).hasSize(5000);
  }

  @Test
  void aListIsAskedForAsItIsSent() throws IOException {
    List<Integer> numbers = IntStream.range(0, 100_000).boxed().toList();

    assertThat(new JsonArray(text(new JsonList(numbers.iterator(), null, false))))
        .isEqualTo(new JsonArray(numbers));
    assertThat(pieces(new JsonList(numbers.iterator(), null, false))).isGreaterThan(2);
    assertThat(text(new JsonList(List.of().iterator(), "f", true)))
        .startsWith("f([")
        .endsWith("])");
  }
}
