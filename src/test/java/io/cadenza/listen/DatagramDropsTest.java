package io.cadenza.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatagramDropsTest {
  private static final String TABLE =
      """
         sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout \
      inode ref pointer drops
        1: 0100007F:1FBD 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 \
      12 2 0000000000000000 5
        2: 0100007F:1FBD 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 \
      13 2 0000000000000000 7
        3: 0100007F:1FBE 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 \
      14 2 0000000000000000 100
      """;

  @TempDir private Path folder;

  @Test
  void addsUpAllSocketsOfThePort() throws IOException {
    Path table = folder.resolve("udp");
    Files.writeString(table, TABLE);
    DatagramDrops drops = new DatagramDrops(8125, List.of(table, folder.resolve("none")));
    assertThat(drops.told()).isTrue();
    assertThat(drops.sum()).isEqualTo(12);
  }

  @Test
  void isNothingWhereTheSystemTellsNothing() {
    DatagramDrops drops = new DatagramDrops(8125, List.of(folder.resolve("none")));
    assertThat(drops.told()).isFalse();
    assertThat(drops.sum()).isZero();
  }
}
