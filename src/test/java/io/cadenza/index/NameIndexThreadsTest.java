package io.cadenza.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Event loops that add and remove while others search. */
@Timeout(60)
class NameIndexThreadsTest {
  private static final int STAYING = 2000;
  private static final int ALL = Integer.MAX_VALUE;

  private final NameIndex index = new NameIndex();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatStaysIsAlwaysFoundWhileNeighboursComeAndGo() throws Exception {
    IntStream.range(0, STAYING).forEach(i -> Names.add(index, staying(i)));
    IntStream.range(0, STAYING).forEach(i -> Names.add(index, "m;host=stay" + i + ";dc=1"));
    AtomicBoolean done = new AtomicBoolean();
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      readers.add(threads.submit(() -> read(done)));
    }
    List<Future<?>> writers = new ArrayList<>();
    for (int writer = 0; writer < 2; writer++) {
      String prefix = "w" + writer;
      writers.add(threads.submit(() -> comeAndGo(prefix)));
    }

    for (Future<?> writer : writers) {
      writer.get();
    }
    done.set(true);
    for (Future<?> reader : readers) {
      reader.get();
    }

    assertThat(index.count()).isEqualTo(2 * STAYING);
    assertThat(index.expand("**", true, ALL)).hasSize(STAYING);
    assertThat(index.tags().values("host", null, ALL)).hasSize(STAYING);
  }

  private static String staying(int i) {
    return "servers.web" + i % 100 + ".stay" + i;
  }

  private void read(AtomicBoolean done) {
    do {
      assertThat(index.expand("servers.*.stay*", true, ALL)).hasSize(STAYING);
      assertThat(index.names().filter(name -> name.contains(".stay"))).hasSize(STAYING);
      assertThat(IntStream.range(0, STAYING)).allMatch(i -> Names.contains(index, staying(i)));
      assertThat(index.tags().findSeries(List.of("dc=1", "host=~stay"), ALL)).hasSize(STAYING);
    } while (!done.get());
  }

  private void comeAndGo(String prefix) {
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 2000; i++) {
        assertThat(Names.add(index, name(prefix, i))).isTrue();
        assertThat(Names.add(index, "m;host=" + prefix + i + ";dc=1")).isTrue();
      }
      for (int i = 0; i < 2000; i++) {
        assertThat(Names.remove(index, name(prefix, i))).isTrue();
        assertThat(Names.remove(index, "m;host=" + prefix + i + ";dc=1")).isTrue();
      }
    }
  }

  private static String name(String prefix, int i) {
    return i % 2 == 0
        ? "servers.web" + i % 100 + "." + prefix + i
        : "servers." + prefix + i + ".load";
  }

  @Test
  void ofTwoThatAddTheSameNameOneIsTold() throws Exception {
    Future<Integer> one = threads.submit(this::addAll);
    Future<Integer> other = threads.submit(this::addAll);

    assertThat(one.get() + other.get()).isEqualTo(20_000);
    assertThat(index.count()).isEqualTo(20_000);
    assertThat(index.refused()).isZero();
  }

  private int addAll() {
    int added = 0;
    for (int i = 0; i < 10_000; i++) {
      added += Names.add(index, "a" + i % 100 + ".b" + i) ? 1 : 0;
      added += Names.add(index, "m;b=" + i) ? 1 : 0;
    }
    return added;
  }
}
