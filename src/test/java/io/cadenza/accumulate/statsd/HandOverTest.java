package io.cadenza.accumulate.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.accumulate.KeyByKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What a process leaves to the next one. */
class HandOverTest {
  private static final String QUIET = "internal-metrics = false";

  @Test
  void aSuccessorWithOtherShardsGoesOn() throws IOException {
    for (int shards : new int[] {1, 2, 4}) {
      var old = new StatsdRig(2, QUIET);
      var other = new StatsdRig(1, QUIET);
      var next = new StatsdRig(shards, QUIET);
      feed(old);
      feed(other);
      other.flush();
      feed(other);

      adopt(next, handOver(old));
      for (StatsdRig rig : List.of(other, next)) {
        rig.packet("c0:1|c|#x:y\nt1:9|ms\ns1:new|s\ng1:+7|g");
      }

      assertThat(next.flush()).containsExactlyInAnyOrderElementsOf(other.flush());
      assertThat(next.meters.adopted.sum()).isEqualTo(old.meters.handedOver.sum());
    }
  }

  private static void feed(StatsdRig rig) {
    for (int i = 0; i < 5; i++) {
      rig.packet("c" + i + ":" + i + "|c|@0.5|#x:y\ng" + i + ":" + i + "|g\nt" + i + ":5|ms|@0.1");
      rig.packet("t" + i + ":6|ms\ns" + i + ":a|s\ns" + i + ":b:c|s");
    }
  }

  @Test
  void whatIsHereAlreadyIsAddedTo() throws IOException {
    var old = new StatsdRig(1, QUIET);
    old.packet("c:1|c\ng:1|g\nt:1|ms\ns:a|s");
    var next = new StatsdRig(1, QUIET);
    next.packet("c:2|c\ng:2|g\nt:2|ms\ns:b|s\ns:a|s");
    adopt(next, handOver(old));

    assertThat(next.flush())
        .contains(
            "stats_counts.c 3", "stats.gauges.g 2", "stats.timers.t.sum 3", "stats.sets.s.count 2");
  }

  @Test
  void changesOfAGaugeThatCameBeforeItsValueAreMadeToIt() throws IOException {
    var old = new StatsdRig(1, QUIET);
    old.packet("changed:100|g\nset:100|g\nonly:+2|g");
    var next = new StatsdRig(1, QUIET);
    next.packet("changed:+5|g\nchanged:-2|g\nset:7|g\nset:+1|g\nonly:-5|g");
    next.flush();
    adopt(next, handOver(old));
    next.packet("changed:+1|g");

    assertThat(next.flush())
        .containsExactlyInAnyOrder(
            "stats.gauges.changed 104", "stats.gauges.set 8", "stats.gauges.only -3");
  }

  @Test
  void aGaugeThatWasOnlyChangedStaysSoInASecondSuccessor() throws IOException {
    var first = new StatsdRig(1, QUIET);
    first.packet("g:100|g");
    var second = new StatsdRig(1, QUIET);
    second.packet("g:+5|g");
    var third = new StatsdRig(1, QUIET);
    third.packet("g:+1|g");
    adopt(third, handOver(second));
    adopt(third, handOver(first));

    assertThat(third.flush()).containsExactly("stats.gauges.g 106");
  }

  @Test
  void whatWasFlushedIsNotHandedOver() throws IOException {
    var old = new StatsdRig(1, QUIET);
    old.packet("a:1|c\nb:1|c");
    old.begin(1);
    old.shards.get(0).emit(1);
    old.lines();
    var next = new StatsdRig(1, QUIET);
    adopt(next, handOver(old));

    assertThat(next.flush()).contains("stats_counts.a 1", "stats_counts.b 0");
  }

  @Test
  void sketchesAreHandedOver() throws IOException {
    var old = new StatsdRig(1, QUIET, "exact-samples = 10");
    var next = new StatsdRig(1, QUIET, "exact-samples = 10");
    for (int i = 1; i <= 1000; i++) {
      old.packet("t:" + i + "|ms");
    }
    adopt(next, handOver(old));

    assertThat(next.flush()).containsExactlyElementsOf(old.flush());
  }

  @Test
  void aSuccessorWithoutRoomCountsWhatItDoesNotTake() throws IOException {
    var old = new StatsdRig(1, QUIET);
    feed(old);
    var next = new StatsdRig(1, QUIET, "max-keys = 3");
    adopt(next, handOver(old));

    assertThat(next.meters.adopted.sum()).isEqualTo(3);
    assertThat(next.meters.notAdopted.sum()).isEqualTo(17);
  }

  @Test
  void ofTwoPredecessorsTheGaugeThatWasSetLastCounts() throws IOException {
    var first = new StatsdRig(1, QUIET);
    first.packet("g:1|g\nh:1|g");
    var second = new StatsdRig(1, QUIET);
    second.now += 5000;
    second.packet("g:2|g\nh:2|g");
    var next = new StatsdRig(1, QUIET);
    next.now += 7000;
    next.packet("h:3|g");
    adopt(next, handOver(first));
    adopt(next, handOver(second));

    assertThat(next.flush()).containsExactlyInAnyOrder("stats.gauges.g 2", "stats.gauges.h 3");
  }

  @Test
  void membersForWhichThereIsNoRoomAreCounted() throws IOException {
    var old = new StatsdRig(1, QUIET);
    for (int i = 0; i < 10; i++) {
      old.packet("s:" + i + "x".repeat(899) + "|s");
    }
    var next = new StatsdRig(1, QUIET, "max-key-bytes = 4096");
    adopt(next, handOver(old));

    assertThat(next.meters.notAdopted.sum()).isEqualTo(1);
    assertThat(next.flush()).containsExactly("stats.sets.s.count 4");
    assertThat(next.shared.room().bytes()).isEqualTo(1);
  }

  @Test
  void whatWasHandedOverIsNotForgottenAsIdle() throws IOException {
    var old = new StatsdRig(1, QUIET);
    old.packet("c:5|c");
    var next = new StatsdRig(1, QUIET, "max-keys = 1", "on-max-keys = forget-idle");
    next.packet("c:1|c");
    next.flush();
    adopt(next, handOver(old));
    next.packet("new:1|c");

    assertThat(next.flush()).containsExactlyInAnyOrder("stats.c 0.5", "stats_counts.c 5");
  }

  @Test
  void aFlatKeyStaysWithItsShard() throws IOException {
    var old = new StatsdRig(4, QUIET, "tags = flat");
    for (int i = 0; i < 20; i++) {
      old.packet("c" + i + ":1|c|#x:y");
    }
    var next = new StatsdRig(4, QUIET, "tags = flat");
    adopt(next, handOver(old));
    for (int i = 0; i < 20; i++) {
      next.packet("c" + i + ":1|c|#x:y");
    }

    assertThat(next.flush()).hasSize(40).contains("stats_counts.c7.x_y 2");
  }

  @Property(tries = 300)
  void damagedFilesAreRefusedWithoutHarm(@ForAll int seed, @ForAll @Size(max = 40) byte[] noise)
      throws IOException {
    var old = new StatsdRig(1, QUIET, "exact-samples = 10");
    feed(old);
    for (int i = 0; i < 20; i++) {
      old.packet("t:" + i + "|ms");
    }
    byte[] file = handOver(old).get(0);
    var random = new java.util.Random(seed);
    for (byte b : noise) {
      file[random.nextInt(file.length)] = b;
    }
    var next = new StatsdRig(1, QUIET, "exact-samples = 10", "delete-idle-stats = true");
    try {
      KeyByKey.adopt(next.shards.get(0).adopt(in(file)));
    } catch (IOException damaged) {
      assertThat(damaged).isNotNull();
    }
    long keys = next.shards.get(0).keys();

    assertThat(next.meters.adopted.sum()).isGreaterThanOrEqualTo(keys);
    assertThat(next.shared.room().keys()).isEqualTo(keys);
    next.flush();
    next.flush();
    assertThat(next.shards.get(0).keys()).isZero();
    assertThat(next.shared.room().bytes()).isZero();
    assertThat(next.shared.sampleBytes()).isZero();
  }

  @Property(tries = 300)
  void anyBytesAreRefused(@ForAll @Size(max = 200) byte[] bytes) {
    var next = new StatsdRig(1, QUIET);

    assertThatThrownBy(() -> KeyByKey.adopt(next.shards.get(0).adopt(in(bytes))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatWasReadBeforeTheDamageIsKept() throws IOException {
    var old = new StatsdRig(1, QUIET);
    old.packet("b:1|c\na:1|c");
    byte[] file = handOver(old).get(0);
    byte[] cut = java.util.Arrays.copyOf(file, file.length - 5);
    var next = new StatsdRig(1, QUIET);

    assertThatThrownBy(() -> KeyByKey.adopt(next.shards.get(0).adopt(in(cut))))
        .isInstanceOf(IOException.class);
    assertThat(next.flush()).contains("stats_counts.a 1").hasSize(2);
  }

  private static List<byte[]> handOver(StatsdRig rig) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (StatsdAccumulator shard : rig.shards) {
      var bytes = new ByteArrayOutputStream();
      shard.handOver(new DataOutputStream(bytes));
      files.add(bytes.toByteArray());
    }
    return files;
  }

  private static void adopt(StatsdRig rig, List<byte[]> files) throws IOException {
    for (StatsdAccumulator shard : rig.shards) {
      for (byte[] file : files) {
        KeyByKey.adopt(shard.adopt(in(file)));
      }
    }
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
