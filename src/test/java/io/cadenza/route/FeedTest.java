package io.cadenza.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.AccumulatorState;
import io.cadenza.bus.AccumulatorState.Seen;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.format.StatsdFormat;
import io.cadenza.format.StatsdName;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Shards;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FeedTest {
  private final List<List<LineBatch>> taken = new ArrayList<>();

  private Feed feed(int shards, boolean statsd) {
    taken.clear();
    IntStream.range(0, shards).forEach(i -> taken.add(new ArrayList<>()));
    return new Feed(
        new AccumulatorState("test", shards, 1 << 30, statsd, Seen.NOBODY, 0),
        new GraphiteFormat(),
        (shard, batch) -> taken.get(shard).add(batch));
  }

  private static LineBatch batch(int capacity, List<String> lines) {
    return batch(new StatsdFormat(), capacity, lines);
  }

  private static LineBatch batch(LineFormat format, int capacity, List<String> lines) {
    LineBatch.Builder builder = new LineBatch.Builder(format, capacity);
    for (String line : lines) {
      byte[] bytes = line.getBytes(ISO_8859_1);
      assertThat(builder.add(bytes, 0, bytes.length)).isZero();
    }
    return builder.freeze();
  }

  private static List<String> lines(Random random, int count) {
    String[] ends = {"", "", "", ";a=b", "/x", " y", "=", "\u00e9"};
    return IntStream.range(0, count)
        .mapToObj(
            i -> "some.key_" + random.nextInt(1000) + ends[random.nextInt(8)] + ":" + i + "|c")
        .toList();
  }

  private static List<String> lines(LineBatch batch) {
    return IntStream.range(0, batch.count())
        .mapToObj(
            i -> {
              assertThat(batch.bytes()[batch.end(i)]).isEqualTo((byte) '\n');
              return new String(
                  batch.bytes(), batch.start(i), batch.end(i) - batch.start(i), ISO_8859_1);
            })
        .toList();
  }

  /** Copied or shared, one by one or together: as if each had been sent alone. */
  @Property(tries = 200)
  void eachLineGoesToTheShardOfItsKeyInOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int shards,
      @ForAll boolean statsd,
      @ForAll @IntRange(min = 1, max = 5000) int most) {
    Random random = new Random(seed);
    Feed feed = feed(shards, statsd);
    List<List<String>> wanted = new ArrayList<>();
    IntStream.range(0, shards).forEach(i -> wanted.add(new ArrayList<>()));
    for (int round = 0; round < 4; round++) {
      LineBatch batch = batch(1 << 16, lines(random, 1 + random.nextInt(most)));
      List<String> all = lines(batch);
      int count = Math.min(all.size(), 2000); // Enough of a batch, and leaves some of it.
      for (int i = 0; i < count; i++) {
        byte[] bytes = batch.bytes();
        int shard =
            statsd
                ? StatsdName.shard(bytes, batch.keyStart(i), batch.keyEnd(i), shards)
                : Shards.of(bytes, batch.keyStart(i), batch.keyEnd(i), shards);
        wanted.get(shard).add(all.get(i));
      }
      feed.take(batch, 0, count / 2);
      for (int i = count / 2 + 1; i < count; i++) {
        feed.take(batch.bytes(), batch.start(i), batch.keyStart(i), batch.keyEnd(i), batch.end(i));
      }
    }
    feed.flush();

    for (int shard = 0; shard < shards; shard++) {
      assertThat(taken.get(shard).stream().flatMap(b -> lines(b).stream()))
          .containsExactlyElementsOf(wanted.get(shard));
      taken.get(shard).forEach(b -> hashedRight(b, statsd));
    }
  }

  private static void hashedRight(LineBatch batch, boolean statsd) {
    if (statsd) {
      assertThat(batch.hashed()).isTrue();
    }
    for (int i = 0; statsd && i < batch.count(); i++) {
      long hash = Shards.hash(batch.bytes(), batch.start(i), batch.keyEnd(i));
      assertThat(batch.hash(i)).isEqualTo(Shards.fold(hash));
    }
    int size = lines(batch).stream().mapToInt(line -> line.length() + 1).sum();
    assertThat(batch.size()).isEqualTo(size);
  }

  @Test
  void muchOfABatchIsShared() {
    Feed feed = feed(2, true);
    LineBatch batch = batch(1 << 17, lines(new Random(1), 5000));

    feed.take(batch, 0, batch.count() - 1);

    assertThat(taken).allSatisfy(of -> assertThat(of).hasSize(1));
    assertThat(taken).allSatisfy(of -> assertThat(of.get(0).bytes()).isSameAs(batch.bytes()));
  }

  /** Lines that were found right when they came in are marked as such. */
  @Test
  void keysOfGraphiteAreWhereTheyWere() {
    Feed feed = feed(2, false);
    List<String> lines = lines(new Random(1), 500).stream().map(l -> l.split("[ :]")[0]).toList();
    LineBatch batch = batch(new GraphiteFormat(), 1 << 17, repeated(lines, 1));
    assertThat(batch.sound(0)).isTrue();
    LineBatch many = batch(new GraphiteFormat(), 1 << 17, repeated(lines, 10));

    feed.take(batch, 0, batch.count() - 1);
    feed.take(many, 0, many.count() - 1);

    List<String> keys =
        taken.stream().flatMap(List::stream).flatMap(b -> keys(b).stream()).toList();
    assertThat(keys).containsExactlyInAnyOrderElementsOf(repeatedKeys(lines, 11));
  }

  private static List<String> repeated(List<String> lines, int times) {
    return repeatedKeys(lines, times).stream().map(l -> l + " 1 1700000000").toList();
  }

  private static List<String> repeatedKeys(List<String> lines, int times) {
    return Collections.nCopies(times, lines).stream().flatMap(List::stream).toList();
  }

  private static List<String> keys(LineBatch batch) {
    return IntStream.range(0, batch.count())
        .mapToObj(
            i -> {
              int from = batch.keyStart(i);
              return new String(batch.bytes(), from, batch.keyEnd(i) - from, ISO_8859_1);
            })
        .toList();
  }

  /** So that it does not keep the whole in memory, and few messages are made of many pieces. */
  @Test
  void littleIsCopiedToWhatElseThereIs() {
    Feed feed = feed(1, true);
    LineBatch large = batch(1 << 20, lines(new Random(1), 20_000));
    LineBatch small = batch(1 << 20, lines(new Random(2), 10));

    feed.take(small, 0, small.count() - 1);
    feed.take(large, 0, 1000);
    feed.flush();

    assertThat(taken.get(0)).hasSize(1);
    assertThat(taken.get(0).get(0).count()).isEqualTo(1011);
    assertThat(taken.get(0).get(0).bytes()).isNotSameAs(large.bytes());
  }
}
