package io.cadenza.accumulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
  @TempDir private Path dir;

  private StateFolder folder() {
    return new StateFolder(dir.resolve("states/stats"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void whatOneLeavesAnotherTakesOnce() throws IOException {
    folder().leave(List.of(new byte[] {1, 2, 3}, new byte[0]));

    List<StateFolder.Found> found = folder().take();

    assertThat(found).hasSize(1);
    assertThat(found.get(0).shards()).containsExactly(new byte[] {1, 2, 3}, new byte[0]);
    assertThat(found.get(0).damaged()).isZero();
    assertThat(folder().take()).isEmpty();
  }

  @Test
  void nothingIsLeftWhenItIsDone() throws IOException {
    folder().leave(List.of(new byte[] {1}));
    for (StateFolder.Found found : folder().take()) {
      folder().done(found);
    }

    assertThat(files()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereHasNothing() throws IOException {
    assertThat(folder().take()).isEmpty();
  }

  @Test
  void aDamagedShardCostsOnlyItselfAndStaysForPeople() throws IOException {
    folder().leave(List.of(new byte[] {1, 2, 3}, new byte[] {4, 5}));
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[8 + 8] ^= 1;
    Files.write(file, bytes);

    StateFolder.Found found = folder().take().get(0);
    folder().done(found);

    assertThat(found.shards()).containsExactly(new byte[] {4, 5});
    assertThat(found.damaged()).isOne();
    assertThat(files()).hasSize(1);
  }

  @Test
  void aFileThatEndsEarlyOrIsNoneIsToldAsDamaged() throws IOException {
    folder().leave(List.of(new byte[] {1, 2, 3}));
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    for (int length = 0; length < bytes.length; length++) {
      Files.deleteIfExists(files().isEmpty() ? file : files().get(0));
      Files.write(file, java.util.Arrays.copyOf(bytes, length));

      StateFolder.Found found = folder().take().get(0);

      assertThat(found.shards()).isEmpty();
      assertThat(found.damaged()).as("%d bytes", length).isEqualTo(length == 8 ? 0 : 1);
    }
  }

  @Test
  void oneThatCannotBeReadKeepsNobodyFromTheOthers() throws IOException {
    Files.createDirectories(dir.resolve("states/stats/none.state/inside"));
    folder().leave(List.of(new byte[] {1}));

    List<StateFolder.Found> found = folder().take();

    assertThat(found).extracting(StateFolder.Found::damaged).containsExactlyInAnyOrder(0, 1);
    assertThat(found).anySatisfy(one -> assertThat(one.shards()).hasSize(1));
  }

  @Test
  void saysWhenNothingCanBeLeft() throws IOException {
    Files.createDirectories(dir.resolve("states"));
    Files.writeString(dir.resolve("states/stats"), "a file, not a folder");

    assertThatThrownBy(() -> folder().leave(List.of(new byte[] {1})))
        .isInstanceOf(IOException.class);
  }
}
