package io.cadenza.writer.whisper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPathsTest {
  private static final String ROOT = "/data/w/";

  private final FilePath path = new FilePath(new JdkDisk());
  private final KeyPaths paths = new KeyPaths(ROOT.getBytes(UTF_8));

  private String path(String key, boolean hashed) {
    return paths.set(path, key.getBytes(UTF_8), hashed) ? path.toString() : null;
  }

  @ParameterizedTest
  @CsvSource({
    "a, /data/w/a.wsp",
    "a.b.c, /data/w/a/b/c.wsp",
    "servers.web-1.cpu_0, /data/w/servers/web-1/cpu_0.wsp",
    "über.ß, /data/w/über/ß.wsp",
    "~.*.%, /data/w/~/*/%.wsp",
  })
  void dotsAreFolders(String key, String expected) {
    assertThat(path(key, true)).isEqualTo(expected);
  }

  @Test
  void namesWithTagsAreWhereCarbonHasThem() {
    String key = "disk.used;datacenter=dc1;rack=a1";

    assertThat(path(key, true))
        .isEqualTo(
            ROOT
                + "_tagged/28b/893/"
                + "28b89336f63de1928fd811f4b3f086764600458b42994270b0682866e64b8412.wsp");
    assertThat(path(key, false))
        .isEqualTo(ROOT + "_tagged/28b/893/disk_DOT_used;datacenter=dc1;rack=a1.wsp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".a",
        "a.",
        "a..b",
        "a/b",
        "/etc/passwd",
        "../x",
        "a.../x",
        "a\u0000b",
        "a\nb",
        "a\tb",
        "a\u007fb",
        "_tagged.a",
        "_tagged.28b.893.x"
      })
  void otherNamesHaveNone(String key) {
    assertThat(path(key, true)).isNull();
  }

  @Test
  void aPartHasAtMost255Bytes() {
    String part = "x".repeat(255);

    assertThat(path(part + ".a", true)).isNotNull();
    assertThat(path(part + "x.a", true)).isNull();
    assertThat(path("a." + "x".repeat(251), true)).isNotNull();
    assertThat(path("a." + "x".repeat(252), true)).isNull();
    assertThat(path("ü".repeat(128) + ".a", true)).isNull();
  }

  @Test
  void aPathHasAtMost4095Bytes() {
    String folders = ("x".repeat(199) + ".").repeat(20);
    int left = FilePath.MOST - ROOT.length() - folders.length() - KeyPaths.SUFFIX.length();

    assertThat(path(folders + "y".repeat(left), true)).hasSize(FilePath.MOST);
    assertThat(path(folders + "y".repeat(left + 1), true)).isNull();
    assertThat(path("x".repeat(4096), true)).isNull();
    assertThat(path("a;t=" + "x".repeat(4092), true)).isNull();
    assertThat(path("a;t=" + "x".repeat(4091), true)).isNotNull();
  }

  @Test
  void aHashedNameMayHaveSlashesInItsTags() {
    assertThat(path("disk;path=/var/../log", true)).startsWith(ROOT + "_tagged/").endsWith(".wsp");
    assertThat(path("disk;path=/var/../log", false)).isNull();
    assertThat(path("disk;t=" + "x".repeat(300), true)).isNotNull();
    assertThat(path("disk;t=" + "x".repeat(300), false)).isNull();
  }

  @Provide
  Arbitrary<byte[]> keys() {
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(400),
        Arbitraries.strings()
            .withChars("a./;=\u0000 _DOT~")
            .ofMaxLength(30)
            .map(text -> text.getBytes(ISO_8859_1)));
  }

  @Property
  void noNameLeadsOutOfTheFolder(@ForAll("keys") byte[] key, @ForAll boolean hashed) {
    if (!paths.set(path, key, hashed)) {
      return;
    }
    String text = new String(path.toBytes(), ISO_8859_1);

    assertThat(text).startsWith(ROOT).endsWith(KeyPaths.SUFFIX).doesNotContain("//", "\u0000");
    assertThat(Path.of(text).normalize()).hasToString(text);
    assertThat(Path.of(text).startsWith(ROOT + "_tagged")).isEqualTo(KeyPaths.hasTags(key));
  }
}
