package io.cadenza.writer.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.store.MetricWriter;
import io.cadenza.store.Retention;
import io.cadenza.store.Store;
import io.cadenza.store.StoreContract;
import io.cadenza.store.TestBatch;
import io.cadenza.store.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends StoreContract {
  private static final Instant START = Instant.parse("2026-02-03T04:05:06Z");
  private static final TestBatch ONE = new TestBatch().of("one", 10).value(NOW, 1);

  @TempDir private Path folder;

  private final FullDisk disk = new FullDisk();
  private Instant now = START;
  private long maxSize = 1 << 30;
  private boolean ttlInSeconds;

  @Override
  protected Store open() {
    Path path = folder.resolve("sub/metrics");
    FileConfig config =
        new FileConfig(path, RETENTIONS, maxSize, Duration.ofSeconds(10), ttlInSeconds);
    return new FileStore(config, () -> now, disk);
  }

  private Path file(int step) {
    return folder.resolve("sub/metrics_" + step + "s");
  }

  @Override
  protected List<Row> stored(Store store, String key, int step) throws IOException {
    return Files.readAllLines(file(step)).stream()
        .map(line -> line.split("\t", -1))
        .filter(columns -> columns[0].equals(key))
        .map(FileStoreTest::row)
        .toList();
  }

  private static Row row(String[] column) {
    assertThat(column).hasSize(9);
    double sum = Double.parseDouble(column[1]);
    long count = Long.parseLong(column[5]);
    assertThat(Double.parseDouble(column[2])).isEqualTo(sum / count);
    double min = Double.parseDouble(column[3]);
    double max = Double.parseDouble(column[4]);
    return new Row(Long.parseLong(column[7]) / 1_000_000_000, min, max, sum, 0, 0, count);
  }

  @Override
  protected Row kept(Row row) {
    return new Row(row.time(), row.min(), row.max(), row.sum(), 0, 0, row.count());
  }

  @Override
  protected boolean appends() {
    return true;
  }

  @Override
  protected boolean keepsNames() {
    return false;
  }

  @Override
  protected Faults faults() {
    return new Faults() {
      @Override
      public void down() {
        disk.left = 40_000;
      }

      @Override
      public void up() {
        disk.left = Long.MAX_VALUE;
      }
    };
  }

  private String lines() throws IOException {
    return Files.readString(file(10));
  }

  private List<String> names() {
    try (Stream<Path> all = Files.list(folder.resolve("sub"))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void hasTheColumnsOfCadent() throws Exception {
    write(
        open(),
        new TestBatch()
            .of("a.b".getBytes(UTF_8), 10, 3600)
            .whole(1_700_000_000, 1, 4.25, 7.5, 2, 3, 3)
            .of("c", 60)
            .value(1_699_999_980, 1 / 3.0));

    assertThat(lines())
        .isEqualTo("a.b\t7.5\t2.5\t1\t4.25\t3\t10\t1700000000000000000\t3600000000000\n");
    assertThat(Files.readString(file(60)))
        .isEqualTo(
            "c\t0.3333333333333333\t0.3333333333333333\t0.3333333333333333\t0.3333333333333333"
                + "\t1\t60\t1699999980000000000\t604800000000000\n");
  }

  @Test
  void hasSecondsInTheLastColumnAsCadentsProgram() throws Exception {
    ttlInSeconds = true;

    write(open(), ONE);

    assertThat(lines()).endsWith("\t21600\n");
  }

  @Test
  void refusesNamesThatWouldTearALine() throws Exception {
    TestBatch batch = new TestBatch();
    List.of("a\tb", "a\nb", "a\rb", "a\0b", "", "a b")
        .forEach(name -> batch.of(name, 10).value(NOW, 1));

    Told told = write(open(), batch);

    assertThat(told.refused()).hasSize(5).doesNotContainKey(5).containsValue("bad-name");
    assertThat(lines()).startsWith("a b\t1\t");
  }

  @Test
  void refusesNumbersThatAreNone() throws Exception {
    TestBatch batch =
        new TestBatch()
            .of("a", 10)
            .value(NOW, Double.NaN)
            .value(NOW + 10, Double.NEGATIVE_INFINITY)
            .value(9_300_000_000L, 1);

    Told told = write(open(), batch);

    assertThat(told.points()).containsEntry("not-finite", 2).containsEntry("out-of-range", 1);
    assertThat(file(10)).doesNotExist();
  }

  @Test
  void rotatesBySizeInTimeAndOverwritesNothing() throws Exception {
    maxSize = 1024;
    MetricWriter writer = closing(open().writer());
    byte[] name = "n".repeat(1200).getBytes(UTF_8);
    TestBatch batch = new TestBatch().of(name, 10, 0).value(NOW, 1);

    writer.write(batch, new Told());
    now = now.plusSeconds(9);
    writer.idle();
    assertThat(names()).containsExactly("metrics_10s");

    now = now.plusSeconds(1);
    Files.createFile(folder.resolve("sub/metrics_10s.20260203040516"));
    writer.idle();
    assertThat(names())
        .containsExactly("metrics_10s.20260203040516", "metrics_10s.20260203040516-1");

    writer.write(batch, new Told());
    now = now.plusSeconds(10);
    writer.write(ONE, new Told());
    assertThat(names())
        .containsExactly(
            "metrics_10s",
            "metrics_10s.20260203040516",
            "metrics_10s.20260203040516-1",
            "metrics_10s.20260203040526");
    assertThat(Files.readAllLines(file(10))).hasSize(1);
  }

  @Test
  void beginsAnotherFileWhenSomebodyHasMovedItAway() throws Exception {
    MetricWriter writer = closing(open().writer());
    writer.write(ONE, new Told());
    Files.move(file(10), folder.resolve("moved"));
    now = now.plusSeconds(10);

    writer.write(ONE, new Told());

    assertThat(Files.readAllLines(file(10))).hasSize(1);
    assertThat(Files.readAllLines(folder.resolve("moved"))).hasSize(1);
  }

  @Test
  void leavesNothingOfABatchThatHadNoRoom() throws Exception {
    MetricWriter writer = closing(open().writer());
    writer.write(ONE, new Told());
    String before = lines();
    TestBatch big = new TestBatch();
    for (int i = 0; i < 20_000; i++) {
      big.of("big." + i, i % 2 == 0 ? 10 : 60).value(NOW, i);
    }
    disk.left = 600_000;

    assertThatThrownBy(() -> writer.write(big, new Told())).hasMessageContaining("No space left");

    assertThat(lines()).isEqualTo(before);
    assertThat(file(60)).isEmptyFile();
    disk.left = Long.MAX_VALUE;
    writer.write(big, new Told());
    assertThat(Files.readAllLines(file(10))).hasSize(10_001).doesNotHaveDuplicates();
    assertThat(Files.readAllLines(file(60))).hasSize(10_000).doesNotHaveDuplicates();
  }

  @Test
  void leavesNothingOfItEvenWhenTheDiskCantTakeItAwayAtOnce() throws Exception {
    MetricWriter writer = closing(open().writer());
    writer.write(ONE, new Told());
    TestBatch two = new TestBatch().of("two", 10).value(NOW, 1).value(NOW + 10, 2);
    disk.left = 40;
    disk.failsToTruncate = true;
    assertThatThrownBy(() -> writer.write(two, new Told())).isInstanceOf(IOException.class);
    disk.left = Long.MAX_VALUE;
    assertThatThrownBy(() -> writer.write(two, new Told())).hasMessageContaining("Input/output");
    disk.failsToTruncate = false;

    writer.write(two, new Told());

    assertThat(Files.readAllLines(file(10)))
        .extracting(line -> line.substring(0, 3))
        .containsExactly("one", "two", "two");
  }

  @Test
  void cutsTheTornLineOfAProcessThatDied() throws Exception {
    write(open(), ONE);
    String whole = lines();
    Files.writeString(file(10), whole + "torn\t1\t1");

    write(open(), ONE);

    assertThat(lines()).isEqualTo(whole + whole);
  }

  @Test
  void waitsUntilAnotherWriterHasLetGo() throws Exception {
    MetricWriter first = closing(open().writer());
    first.write(ONE, new Told());
    MetricWriter second = closing(open().writer());

    assertThatThrownBy(() -> second.write(ONE, new Told()))
        .hasMessageContaining("by somebody else");
    first.close();
    second.write(ONE, new Told());

    assertThat(Files.readAllLines(file(10))).hasSize(2);
  }

  @Test
  void goesOnAfterAThreadWasInterrupted() throws Exception {
    MetricWriter writer = closing(open().writer());
    writer.write(ONE, new Told());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> writer.write(ONE, new Told())).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();

    writer.write(ONE, new Told());

    assertThat(Files.readAllLines(file(10))).hasSize(2);
  }

  @Test
  void writesIntoNothingThatIsNoFile() throws Exception {
    Files.createDirectories(file(10));

    assertThatThrownBy(() -> write(open(), ONE)).hasMessageContaining("is no plain file");
  }

  @Test
  void hasStepsOfItsOwnFileWhateverTheRetentions() throws Exception {
    write(open(), new TestBatch().of("a", 300).value(NOW, 1));

    assertThat(Files.readString(file(300))).endsWith("\t300\t" + NOW + "000000000\t0\n");
    assertThat(RETENTIONS).extracting(Retention::step).doesNotContain(300);
  }
}
