package io.cadenza.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrngSpoolTest {
  private static final String NAME = "spool_carbon_10_0_0_1_2003.diskqueue.";

  @TempDir private Path path;

  private SpoolRig rig;

  @BeforeEach
  void setUp() {
    rig = SpoolRig.in(path.resolve("ours"));
  }

  @Test
  void readsOnWhereItsReaderWas() throws IOException {
    Path first = file(0, "a 1 1", "b 2 2", "c 3 3");
    Path second = file(1, "d 4 4");
    meta("2\n0,18\n1,0\n"); // The writer's place is old: nobody asks it.

    try (Spool spool = rig.open()) {
      CrngSpool.Result result = CrngSpool.read(List.of(second, first), spool);

      assertThat(SpoolRig.drain(spool)).containsExactly("c 3 3", "d 4 4");
      assertThat(result.lines()).isEqualTo(2);
      assertThat(result.bytesLeft()).isZero();
    }
  }

  @Test
  void passesOverFilesThatItHasRead() throws IOException {
    List<Path> files = List.of(file(3, "a 1 1"), file(4, "b 2 2"));
    meta("1\n4,0\n4,9\n");

    try (Spool spool = rig.open()) {
      CrngSpool.Result result = CrngSpool.read(files, spool);

      assertThat(SpoolRig.drain(spool)).containsExactly("b 2 2");
      assertThat(result.remarks()).singleElement().asString().contains("was read already");
    }
  }

  @Test
  void beginsAtTheBeginningWhereThePlaceCannotBeRight() throws IOException {
    List<Path> files = List.of(file(0, "a 1 1", "b 2 2"));
    List<String> metas =
        List.of("2\n0,5\n0,9\n", "2\n0,99999\n0,9\n", "2\n7,0\n7,9\n", "", "x\ny,z\n");
    for (String meta : metas) {
      meta(meta);
      try (Spool spool = rig.open()) {
        CrngSpool.Result result = CrngSpool.read(files, spool);

        assertThat(SpoolRig.drain(spool)).as(meta).containsExactly("a 1 1", "b 2 2");
        assertThat(result.remarks()).isNotEmpty();
      }
    }
  }

  @Test
  void stopsAtLengthsThatCannotBeRightAndSaysHowMuchIsLeft() throws IOException {
    Path file = file(0, "a 1 1", "b 2 2");
    byte[] whole = Files.readAllBytes(file);
    ByteArrayOutputStream more = new ByteArrayOutputStream();
    more.write(whole);
    more.write(new byte[] {0x7F, 0, 0, 1, 'x'});
    Files.write(file, more.toByteArray());

    try (Spool spool = rig.open()) {
      CrngSpool.Result result = CrngSpool.read(List.of(file), spool);

      assertThat(SpoolRig.drain(spool)).containsExactly("a 1 1", "b 2 2");
      assertThat(result.bytesLeft()).isEqualTo(5);
    }
  }

  @Test
  void takesAnyNumberOfLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      lines.add("servers.web" + i + ".cpu " + i + " 1795184257");
    }
    Path file = file(0, lines.toArray(String[]::new));

    try (Spool spool = rig.open()) {
      assertThat(CrngSpool.read(List.of(file), spool).lines()).isEqualTo(20_000);
      assertThat(SpoolRig.drain(spool)).isEqualTo(lines);
    }
  }

  @Test
  void saysHowManyLinesHadNoRoom() throws IOException {
    rig = SpoolRig.with(path.resolve("small"), 70_000, 20_000, AtBound.BLOCK);
    String line = "x".repeat(996);
    Path file = file(0, java.util.Collections.nCopies(200, line).toArray(String[]::new));

    try (Spool spool = rig.open()) {
      CrngSpool.Result result = CrngSpool.read(List.of(file), spool);

      assertThat(result.lines() + result.refused()).isEqualTo(200);
      assertThat(result.refused()).isPositive();
      assertThat(SpoolRig.drain(spool)).hasSize((int) result.lines());
    }
  }

  @Test
  void refusesFilesOfSomethingElse() throws IOException {
    Path other = Files.writeString(path.resolve("other.dat"), "x");
    try (Spool spool = rig.open()) {
      assertThatThrownBy(() -> CrngSpool.read(List.of(other), spool))
          .hasMessageContaining("is not <name>.diskqueue.NNNNNN.dat");
    }
  }

  private Path file(int number, String... lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (String line : lines) {
      out.writeInt(line.length());
      out.write(line.getBytes(StandardCharsets.US_ASCII));
    }
    return Files.write(path.resolve(NAME + String.format("%06d.dat", number)), bytes.toByteArray());
  }

  private void meta(String text) throws IOException {
    Files.writeString(path.resolve(NAME + "meta.dat"), text);
  }
}
