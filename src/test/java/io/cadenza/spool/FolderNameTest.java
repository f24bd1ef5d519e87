package io.cadenza.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FolderNameTest {
  @Test
  void staysReadable() {
    assertThat(FolderName.of("ring-1_a.b")).isEqualTo("ring-1_a.b");
    assertThat(FolderName.of("tcp://10.0.0.1:2003#a")).isEqualTo("tcp:%2F%2F10.0.0.1:2003#a");
  }

  @Test
  void neverMeansAnythingToTheFileSystem() {
    for (String name : List.of("", ".", "..", "../x", "a/b", "\0", "~", ".hidden")) {
      assertThat(FolderName.of(name)).isNotEmpty().doesNotStartWith(".").doesNotContain("/", "\0");
    }
  }

  @Test
  void differsForLongNamesThatBeginAlike() {
    String long1 = "é".repeat(300) + "a";
    String long2 = "é".repeat(300) + "b";

    assertThat(FolderName.of(long1)).hasSizeLessThan(200).isNotEqualTo(FolderName.of(long2));
  }

  @Property(tries = 300)
  void tellsTheDestinationAgain(@ForAll String name) {
    String folder = FolderName.of(name);
    boolean encodable = java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(name);

    if (encodable && !folder.contains("~")) {
      assertThat(FolderName.destination(folder)).isEqualTo(name);
    }
  }
}
