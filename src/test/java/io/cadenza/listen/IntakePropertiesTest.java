package io.cadenza.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.Handover;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Window;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Shelf;
import io.cadenza.meter.Complaints;
import io.cadenza.meter.ListenerMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** However a stream is cut into reads, its lines and figures are those of a naive splitter. */
final class IntakePropertiesTest {
  private static final int MAX_LINE = 40;
  private static final LineFormat FORMAT = new GraphiteFormat();
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1000));

  private static Vertx vertx;

  @BeforeContainer
  static void open() {
    vertx = Vertx.vertx();
    Handover.register(vertx.eventBus());
  }

  @AfterContainer
  static void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Lines as they may come: good, bad, of any bytes, too long, with any end. */
  @Provide
  Arbitrary<byte[]> streams() {
    Arbitrary<String> good = Arbitraries.integers().between(0, 999).map(n -> "a.b" + n + " 1 10");
    Arbitrary<String> any =
        Arbitraries.strings().withChars("ab. \t\r\0\u00ff1").ofMinLength(0).ofMaxLength(60);
    Arbitrary<String> blank = Arbitraries.of("", " ", "\t", "\r", " \r", "  a.b 1 10");
    Arbitrary<String> line =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, good),
            net.jqwik.api.Tuple.of(3, any),
            net.jqwik.api.Tuple.of(1, blank));
    Arbitrary<String> end = Arbitraries.of("\n", "\n", "\r\n");
    return net.jqwik.api.Combinators.combine(line, end)
        .as(String::concat)
        .list()
        .ofMaxSize(40)
        .map(lines -> String.join("", lines))
        .flatMap(text -> line.map(last -> (text + last).getBytes(ISO_8859_1)));
  }

  @Property(tries = 500)
  void cutsDoNotMatter(@ForAll("streams") byte[] stream, @ForAll @Size(max = 30) List<Integer> cuts)
      throws InterruptedException {
    Outcome expected = naive(stream);
    assertThat(taken(stream, cuts)).isEqualTo(expected);
  }

  private record Outcome(List<String> lines, Map<String, Long> invalid, long linesIn, long bytes) {}

  private static Outcome naive(byte[] stream) {
    List<String> lines = new ArrayList<>();
    Map<String, Long> invalid = new TreeMap<>();
    long in = 0;
    String[] parts = new String(stream, ISO_8859_1).split("\n", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].isEmpty()) {
        continue;
      }
      in++;
      Invalid why = look(parts[i], lines);
      if (why != null) {
        invalid.merge(why.label(), 1L, Long::sum);
      }
    }
    return new Outcome(lines, invalid, in, stream.length);
  }

  private static Invalid look(String part, List<String> good) {
    if (part.length() > MAX_LINE) {
      return Invalid.TOO_LONG;
    }
    String line = part.endsWith("\r") ? part.substring(0, part.length() - 1) : part;
    String trimmed = line.replaceAll("^[ \t]+", "");
    if (trimmed.isEmpty()) {
      return Invalid.EMPTY;
    }
    byte[] bytes = trimmed.getBytes(ISO_8859_1);
    long key = FORMAT.key(bytes, 0, bytes.length);
    if (key < 0) {
      return Invalid.of(key);
    }
    good.add(trimmed);
    return null;
  }

  private static Outcome taken(byte[] stream, List<Integer> cuts) throws InterruptedException {
    BlockingQueue<LineBatch> batches = new LinkedBlockingQueue<>();
    var consumer =
        vertx
            .eventBus()
            .<Parcel<LineBatch>>localConsumer("here", m -> batches.add(m.body().load()));
    Meters meters = new Meters(new SimpleMeterRegistry());
    ListenerMeters own = new ListenerMeters(meters, "in");
    Intake intake =
        new Intake(
            FORMAT,
            "main",
            MAX_LINE,
            new Lane<>(vertx.eventBus(), "here", new Window(1 << 30)),
            own,
            new Complaints("test", CLOCK),
            new Shelf(1),
            task -> {});
    feed(new LineInflow(intake), stream, cuts);
    intake.send();
    List<String> lines = new ArrayList<>();
    while (lines.size() < own.linesOut.sum()) {
      addLines(batches.poll(10, TimeUnit.SECONDS), lines);
    }
    consumer.unregister().toCompletionStage().toCompletableFuture().join();
    return new Outcome(lines, invalid(meters), own.linesIn.sum(), own.bytesIn.sum());
  }

  private static void feed(Inflow inflow, byte[] stream, List<Integer> cuts) {
    int at = 0;
    boolean array = false;
    for (int cut : cuts) {
      int to = Math.min(stream.length, at + Math.floorMod(cut, 20));
      if (array) {
        inflow.take(stream, at, to);
      } else {
        inflow.take(Buffer.buffer(java.util.Arrays.copyOfRange(stream, at, to)));
      }
      array = !array;
      at = to;
    }
    inflow.take(stream, at, stream.length);
    inflow.end();
  }

  private static void addLines(LineBatch batch, List<String> lines) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < batch.count(); i++) {
      assertThat(batch.bytes()[batch.end(i)]).isEqualTo((byte) '\n');
      all.write(batch.bytes(), batch.start(i), batch.end(i) + 1 - batch.start(i));
    }
    lines.addAll(List.of(all.toString(ISO_8859_1).split("\n")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Long> invalid(Meters meters) {
    Map<String, Object> all = (Map<String, Object>) meters.snapshot().get("listeners");
    Map<String, Object> own = (Map<String, Object>) all.get("in");
    return new TreeMap<>((Map<String, Long>) own.getOrDefault("invalid", Map.of()));
  }
}
