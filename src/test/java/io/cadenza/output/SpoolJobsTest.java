package io.cadenza.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.LineRun;
import io.cadenza.spool.AtBound;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolFolder;
import io.cadenza.spool.SpoolRoom;
import io.cadenza.spool.Sync;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an output does on disk, with real files. */
class SpoolJobsTest {
  @TempDir private Path folder;

  private SpoolJobs jobs() {
    SpoolConfig config =
        new SpoolConfig(
            folder,
            1 << 20,
            Duration.ZERO,
            64 << 10,
            Sync.NONE,
            Duration.ofSeconds(1),
            AtBound.DROP_OLDEST);
    InstantSource clock = InstantSource.system();
    SpoolRoom room = new SpoolRoom(config.maxBytes());
    SpoolFolder lanes = new SpoolFolder(config, "tcp://10.0.0.1:2003", room, clock);
    return new SpoolJobs(lanes, (why, lines) -> {}, clock);
  }

  private static LineRun lines(int from, int to) {
    StringBuilder text = new StringBuilder();
    IntStream.range(from, to).forEach(i -> text.append('l').append(i).append('\n'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    return new LineRun(bytes, 0, bytes.length, to - from);
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "l" + i).toList();
  }

  @Test
  void readsWhatAStopPutInFrontFirstInTheNextProcess() {
    SpoolJobs first = jobs();
    first.run(List.of(), List.of(lines(10, 20)), true, 0);
    SpoolJobs.Closed closed = first.close(List.of(), List.of(lines(0, 10)), List.of(lines(20, 30)));
    assertThat(closed).isEqualTo(new SpoolJobs.Closed(1, 1, 30, null));

    SpoolJobs next = jobs();

    assertThat(next.run(List.of(), List.of(), true, 0).recovered()).isEqualTo(30);
    assertThat(next.run(List.of(), List.of(lines(30, 40)), false, 0).appended()).isEqualTo(1);
    assertThat(drain(next)).isEqualTo(names(0, 40));
    next.close(List.of(), List.of(), List.of());
  }

  private static List<String> drain(SpoolJobs jobs) {
    List<String> all = new ArrayList<>();
    SpoolJobs.Outcome outcome = jobs.run(List.of(), List.of(), false, 1000);
    while (outcome.piece() != null) {
      for (LineRun run : outcome.piece().runs()) {
        String text = new String(run.bytes(), run.from(), run.size(), StandardCharsets.US_ASCII);
        all.addAll(text.lines().toList());
      }
      SpoolJobs.Done done = new SpoolJobs.Done(outcome.from(), outcome.piece().end());
      outcome = jobs.run(List.of(done), List.of(), false, 1000);
    }
    assertThat(outcome.unread()).isFalse();
    return all;
  }
}
