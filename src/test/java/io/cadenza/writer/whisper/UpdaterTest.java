package io.cadenza.writer.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.store.Aggregate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdaterTest {
  private static final long NOW = 1_700_000_400;

  @TempDir private Path folder;
  private Path file;
  private final FailingDisk disk = new FailingDisk(new JdkDisk());
  private final Wsp wsp = new Wsp(disk);

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("a.wsp");
    wsp.create(file, Aggregate.SUM, 0, "10s:1h", "1m:1d", "10m:1y");
  }

  private static Points points(long... timesAndValues) {
    Points points = new Points();
    for (int i = 0; i < timesAndValues.length; i += 2) {
      points.add(timesAndValues[i], timesAndValues[i + 1]);
    }
    return points;
  }

  @Test
  void aFileThatStaysOpenCostsOneWriteForEachArchive() throws IOException {
    WhisperFile open = wsp.open(file);
    wsp.updater.updateMany(open, points(NOW, 1), NOW);
    disk.reads = 0;
    disk.written = 0;

    wsp.updater.updateMany(open, points(NOW + 10, 1), NOW + 10);
    assertThat(disk.written).isEqualTo(3);
    assertThat(disk.reads).isZero();

    wsp.updater.updateMany(open, points(NOW + 60, 1), NOW + 60);
    assertThat(disk.reads).as("another minute").isEqualTo(1);
  }

  @Test
  void whereOthersWriteTooThePointsBeforeAreReadEachTime() throws IOException {
    Updater updater = new Updater(disk, false);
    WhisperFile open = wsp.open(file);
    updater.updateMany(open, points(NOW, 1), NOW);
    wsp.updateMany(file, points(NOW + 10, 100), NOW + 10);
    disk.reads = 0;

    updater.updateMany(open, points(NOW + 20, 10), NOW + 20);

    assertThat(disk.reads).isEqualTo(2);
    assertThat(wsp.fetch(file, NOW - 60, NOW, NOW + 60, 60).values()).containsExactly(111);
  }

  @Test
  void manyPointsInARowCostNoMore() throws IOException {
    WhisperFile open = wsp.open(file);
    wsp.updater.updateMany(open, points(NOW, 1), NOW);
    disk.reads = 0;
    disk.written = 0;
    Points twenty = new Points();
    for (int i = 1; i <= 20; i++) {
      twenty.add(NOW + 10 * i, i);
    }

    wsp.updater.updateMany(open, twenty, NOW + 200);

    assertThat(disk.written).isEqualTo(3);
    assertThat(disk.reads).isEqualTo(2);
    assertThat(wsp.fetch(file, NOW - 60, NOW + 200, NOW + 200, 600).values())
        .containsExactly(1 + 210);
  }

  @Test
  void tellsHowManyAreOlderThanAllArchives() throws IOException {
    long year = 365 * 86_400L;

    assertThat(wsp.updateMany(file, points(NOW - year - 1, 1, NOW - year, 2, NOW, 3), NOW))
        .isEqualTo(1);
    assertThat(wsp.updateMany(file, points(NOW - 2 * year, 1), NOW)).isEqualTo(1);
  }

  @Test
  void aPointToComeIsKept() throws IOException {
    wsp.updateMany(file, points(NOW + 100, 7), NOW);

    assertThat(wsp.fetch(file, NOW + 90, NOW + 100, NOW + 100, 0).values()).containsExactly(7);
  }

  @Test
  void theTimeOfEmptySlotsIsNone() throws IOException {
    byte[] before = Files.readAllBytes(file);

    wsp.updateMany(file, points(3, 1, 9, 1), 100);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void fetchesNothingOfAnEmptyFile() throws IOException {
    assertThat(wsp.fetch(file, NOW - 30, NOW, NOW, 0).values())
        .containsExactly(Double.NaN, Double.NaN, Double.NaN);
  }

  @Test
  void aFileThatIsCutOffMeanwhileIsNoticed() throws IOException {
    WhisperFile open = wsp.open(file);
    wsp.updater.updateMany(open, points(NOW, 1), NOW);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(all, 70));

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> wsp.updater.updateMany(open, points(NOW + 60, 1), NOW + 60)))
        .isInstanceOf(CorruptFileException.class)
        .hasMessageContaining("cut off");
  }
}
