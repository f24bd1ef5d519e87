package io.cadenza.accumulate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.Address;
import io.cadenza.bus.Handover;
import io.cadenza.bus.Lane;
import io.cadenza.bus.Leave;
import io.cadenza.bus.Loops;
import io.cadenza.bus.Parcel;
import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.meter.AccumulatorMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shard on an event loop, with the test in the place of the routers. */
class AccumulatorVerticleTest {
  private static final byte[] KEY = "k".repeat(1000).getBytes(US_ASCII);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final long FLUSH_NANOS = 100_000_000;

  /** In what is handed over: nothing yet, but there is more. */
  private static final long MORE = -1;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Meters all = new Meters(new SimpleMeterRegistry());
  private final AccumulatorMeters meters = new AccumulatorMeters(all, "a");
  private final AccumulatorState state =
      new AccumulatorState("a", 1, 1 << 20, false, AccumulatorState.Seen.NOBODY, 0);
  private final AtomicLong received = new AtomicLong();
  private final Queue<Parcel<LineBatch>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean blocked = new AtomicBoolean();
  private final CountDownLatch handsOver = new CountDownLatch(1);
  private final CountDownLatch mayHandOver = new CountDownLatch(1);
  private final AtomicLong mistakes = new AtomicLong();
  private final AtomicBoolean adopts = new AtomicBoolean();
  private AccumulatorVerticle shard;

  /** As many lines as came are flushed, all with one key. */
  private final class Counting implements Accumulator {
    private final FlushedLines lines;
    private volatile long open;
    private long due;

    private Counting(FlushedLines lines) {
      this.lines = lines;
    }

    @Override
    public void take(LineBatch batch, long nowMillis) {
      open += batch.count();
      meters.linesIn.add(batch.count());
      meters.linesTaken.add(batch.count());
    }

    @Override
    public void flush(Tick tick) {
      due = open;
    }

    @Override
    public boolean emit(int most) {
      if (mistakes.getAndDecrement() > 0) {
        throw new IllegalStateException("a mistake");
      }
      for (int i = 0; i < most && due > 0 && lines.room(); i++) {
        lines.graphite(KEY, 0, KEY.length, 1, 1);
        due--;
        open--;
      }
      return due == 0;
    }

    @Override
    public long keys() {
      return open;
    }

    @Override
    public void handOver(DataOutput out) throws IOException {
      handsOver.countDown();
      try {
        assertThat(mayHandOver.await(20, SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      out.writeLong(open);
    }

    @Override
    public Adoption adopt(DataInput in) {
      return most -> {
        long read = adopts.get() ? MORE : in.readLong();
        open += read == MORE ? 0 : read;
        return read != MORE;
      };
    }
  }

  @BeforeEach
  void start() throws Exception {
    Handover.register(vertx.eventBus());
    Settings read = Configuration.read("a { format = statsd, flush = 100ms }", "c");
    Settings s = read.block("a").withDefaults(read.block("defaults").block("accumulate"));
    shard =
        new AccumulatorVerticle(
            state,
            new AccumulatorVerticle.Kind(
                AccumulatorConfig.read("a", s, LONG),
                (i, ways, now) -> new Counting(ways.to("out", new GraphiteFormat()))),
            () -> 0,
            new Loops(1),
            meters,
            InstantSource.system(),
            InstantSource.system());
    done(vertx.deployVerticle(shard));
    vertx.eventBus().<Parcel<LineBatch>>localConsumer(Address.route(0), m -> receive(m.body()));
  }

  @AfterEach
  void stop() throws Exception {
    done(vertx.close());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }

  private void receive(Parcel<LineBatch> parcel) {
    received.addAndGet(parcel.load().count());
    if (blocked.get()) {
      waiting.add(parcel);
    } else {
      parcel.done();
    }
  }

  private void unblock() {
    blocked.set(false);
    for (Parcel<LineBatch> one = waiting.poll(); one != null; one = waiting.poll()) {
      one.done();
    }
  }

  private void send(int lines) {
    LineBatch.Builder batch = new LineBatch.Builder(new GraphiteFormat(), 1024);
    for (int i = 0; i < lines; i++) {
      byte[] line = "a 1 1".getBytes(US_ASCII);
      batch.add(line, 0, line.length);
    }
    LineBatch sent = batch.freeze();
    new Lane<LineBatch>(vertx.eventBus(), state.address(0), state.window(0))
        .send(sent, "a", sent.size());
  }

  private void awaitIn(long lines) {
    await().atMost(Duration.ofSeconds(20)).until(() -> meters.linesIn.sum() == lines);
  }

  /** Sends more than the way to the router takes, and waits until that is full. */
  private void fill() {
    blocked.set(true);
    send(5000);
    awaitIn(5000);
    shard.begin();
    await().atMost(Duration.ofSeconds(20)).until(() -> received.get() > 900);
  }

  @Test
  void whatComesIsFlushed() {
    shard.begin();
    send(10);

    await().atMost(Duration.ofSeconds(20)).until(() -> received.get() == 10);
    assertThat(state.window(0).taken()).isZero();
  }

  @Test
  void aFlushWaitsForRoomAndGoesOn() {
    fill();
    assertThat(received.get()).isLessThan(2000);
    unblock();

    await().atMost(Duration.ofSeconds(20)).until(() -> received.get() == 5000);
  }

  @Test
  void aMistakeInOneFlushIsNotTheEndOfFlushes() {
    mistakes.set(1);
    send(10);
    awaitIn(10);
    shard.begin();

    await().atMost(Duration.ofSeconds(20)).until(() -> received.get() == 10);
  }

  @Test
  void whatComesAfterTheLastFlushIsCounted() throws Exception {
    send(10);
    state.leave(new Leave(Duration.ZERO, LONG, false));
    done(shard.flushAll());
    send(7);
    awaitIn(17);

    assertThat(received.get()).isEqualTo(10);
    assertThat(meters.linesTaken.sum()).isEqualTo(10);
    assertThat(meters.dropped("shutdown").sum()).isEqualTo(7);
    await().atMost(Duration.ofSeconds(20)).until(() -> state.window(0).taken() == 0);
  }

  @Test
  void whatCannotBeSentInTimeIsCounted() throws Exception {
    blocked.set(true);
    send(5000);
    awaitIn(5000);
    state.leave(new Leave(Duration.ZERO, Duration.ofMillis(300), false));
    done(shard.flushAll());

    assertThat(meters.linesOut.sum()).isEqualTo(5000);
    assertThat(meters.notSent.sum()).isPositive();
    assertThat(received.get() + meters.notSent.sum()).isEqualTo(5000);
  }

  @Test
  void nothingIsEmittedAnyMoreWhileItHandsOver() throws Exception {
    fill();
    Future<byte[]> handedOver = shard.handOver();
    assertThat(handsOver.await(20, SECONDS)).isTrue();
    long emitted = meters.linesOut.sum();
    unblock();
    send(7);
    awaitIn(5007);
    mayHandOver.countDown();
    var left = new java.io.DataInputStream(new java.io.ByteArrayInputStream(done(handedOver)));

    assertThat(left.readLong() + received.get()).isEqualTo(5000);
    assertThat(meters.linesOut.sum()).isEqualTo(emitted);
    assertThat(meters.dropped("shutdown").sum()).isEqualTo(7);
  }

  @Test
  void whatCannotBeHandedOverIsFlushedAfterAll() throws Exception {
    send(10);
    mayHandOver.countDown();
    done(shard.handOver());
    state.leave(new Leave(Duration.ZERO, LONG, false));
    done(shard.flushAll());

    assertThat(received.get()).isEqualTo(10);
  }

  @Test
  void whatIsHandedOverIsAddedUnlessItIsDamagedOrTheShardStops() throws Exception {
    done(shard.adopt(handedOver(0, 10)));
    assertThatThrownBy(() -> done(shard.adopt(new byte[3]))).hasCauseInstanceOf(IOException.class);
    state.leave(new Leave(Duration.ZERO, LONG, false));
    done(shard.flushAll());

    assertThat(received.get()).isEqualTo(10);
    assertThatThrownBy(() -> done(shard.adopt(handedOver(0, 10)))).hasMessageContaining("stops");
  }

  @Test
  void linesAreTakenAndNothingIsFlushedWhileSomethingIsAdopted() throws Exception {
    long begun = System.nanoTime();
    adopts.set(true);
    shard.begin();
    Future<Void> adopted = shard.adopt(handedOver(0, 10));
    send(3);

    awaitIn(3);
    await().until(() -> System.nanoTime() - begun > 3 * FLUSH_NANOS);
    assertThat(adopted.isComplete()).isFalse();
    assertThat(received).hasValue(0);

    adopts.set(false);
    done(adopted);
    await().atMost(Duration.ofSeconds(20)).until(() -> received.get() == 13);
  }

  @Test
  void allIsAdoptedBeforeTheShardStops() throws Exception {
    Future<Void> adopted = shard.adopt(handedOver(1_000_000, 10));
    state.leave(new Leave(Duration.ZERO, LONG, false));
    done(shard.flushAll());

    assertThat(received).hasValue(10);
    done(adopted);
  }

  private static byte[] handedOver(int before, long lines) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    for (int i = 0; i < before; i++) {
      out.writeLong(MORE);
    }
    out.writeLong(lines);
    return bytes.toByteArray();
  }
}
