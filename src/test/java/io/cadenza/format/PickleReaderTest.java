package io.cadenza.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleReaderTest {
  private final Lines got = new Lines();

  static List<PickleVectors.Vector> frames() {
    return PickleVectors.read("pickle-frames.tsv");
  }

  static List<PickleVectors.Vector> refused() {
    return PickleVectors.read("pickle-refuse.tsv");
  }

  static List<PickleVectors.Vector> remote() {
    return PickleVectors.read("remote-store.tsv").stream()
        .filter(vector -> vector.protocol().startsWith("pickle"))
        .toList();
  }

  /** Bytes of Latin-1 text, in which a tilde and two hexadecimal digits stand for a byte. */
  private static byte[] bytes(String text) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      boolean escape = text.charAt(i) == '~';
      all.append(
          escape ? (char) Integer.parseInt(text.substring(i + 1, i + 3), 16) : text.charAt(i));
      i += escape ? 2 : 0;
    }
    return all.toString().getBytes(ISO_8859_1);
  }

  private static Object unpickle(String text) {
    byte[] b = bytes("." + text + "N.");
    return PickleReader.unpickle(b, 1, b.length - 2);
  }

  private int read(String text) {
    byte[] b = bytes(text);
    return new PickleReader().read(b, 0, b.length, got);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void decodesRecordedFrames(PickleVectors.Vector vector) {
    byte[] b = vector.bytes();
    assertThat(PickleReader.unpickle(b, 4, b.length)).isEqualTo(vector.value());
  }

  @ParameterizedTest
  @MethodSource("remote")
  void decodesRecordedAnswers(PickleVectors.Vector vector) {
    assertThat(PickleReader.unpickle(vector.bytes(), 0, vector.bytes().length))
        .isEqualTo(vector.value());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesRecordedFramesWithoutTakingAnything(PickleVectors.Vector vector) {
    assertThat(new PickleReader().read(vector.bytes(), 0, vector.bytes().length, got)).isZero();
    Invalid reason = vector.kind().equals("selfref") ? Invalid.ITEM : Invalid.PICKLE;
    assertThat(got.refused).containsExactly(reason);
    assertThat(got.lines).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void makesLinesOfRecordedPoints(PickleVectors.Vector vector) {
    byte[] b = vector.bytes();
    new PickleReader().read(b, 4, b.length, got);
    switch (vector.kind()) {
      case "ingest" ->
          assertThat(got.lines)
              .containsExactly(
                  "a.b 1 1700000000",
                  "a.b 2.5 1700000010",
                  "c.d -3 1700000000",
                  "gr\u00f6\u00dfe.x 1e300 1700000000",
                  "big 1180591620717411303424 4294967295",
                  "flag 1 1700000000");
      case "ingest-300" -> assertThat(got.lines).hasSize(300).contains("m.7 7 1700000007");
      case "ingest-list-not-tuple" -> assertThat(got.lines).containsExactly("a.b 1 1700000000");
      default -> assertThat(got.refused).containsExactly(Invalid.PICKLE);
    }
  }

  @Test
  void readsWhatNodeStatsdSends() {
    byte[] b = HexFormat.of().parseHex(PickleVectors.text("statsd-pickle.hex").strip());
    assertThat(new PickleReader().read(b, 4, b.length, got)).isPositive();
    assertThat(got.lines.get(2)).startsWith("stats.statsd.packets_received 0.1 17");
    assertThat(got.refused).isEmpty();
  }

  @Test
  void decodesEveryKindOfNumber() {
    assertThat(
            unpickle(
                "(I12\nI-7\nI00\nI01\nL5L\nL-99999999999999999999L\nF2.5\nF1e3\nK~ffM~ff~ffJ~ff~ff~ff~fft."))
        .isEqualTo(
            List.of(
                12L,
                -7L,
                false,
                true,
                5L,
                new BigInteger("-99999999999999999999"),
                2.5,
                1000.0,
                255L,
                65535L,
                -1L));
    assertThat(unpickle("(~8a~00~8a~01~ff~8b~02~00~00~00~00~01~8a~09~00~00~00~00~00~00~00~00~01t."))
        .isEqualTo(List.of(0L, -1L, 256L, BigInteger.ONE.shiftLeft(64)));
    assertThat(unpickle("(G~3f~f0~00~00~00~00~00~00N~88~89t."))
        .isEqualTo(Arrays.asList(1.0, null, true, false));
    assertThat(unpickle("Fnan\n.")).isEqualTo(Double.NaN);
    assertThat(unpickle("F-inf\n.")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void decodesEveryKindOfText() {
    assertThat(unpickle("(S'a\\'b\\\\\\x41\\102\\n'\nS\"it's\"\nT~02~00~00~00xyU~01zt."))
        .isEqualTo(List.of("a'b\\AB\n", "it's", "xy", "z"));
    assertThat(
            unpickle(
                "(Va\\u00e9~e9\\U0001f600\\\\x\nX~02~00~00~00~c3~a9~8c~01k~8d~01~00~00~00~00~00~00~00mt."))
        .isEqualTo(List.of("a\u00e9\u00e9\ud83d\ude00\\\\x", "\u00e9", "k", "m"));
    Object bytes = unpickle("(B~01~00~00~00aC~01b~8e~01~00~00~00~00~00~00~00cU~01~fft.");
    assertThat((List<?>) bytes)
        .allSatisfy(one -> assertThat(one).isInstanceOf(byte[].class))
        .hasSize(4);
  }

  @Test
  void decodesListsDictionariesAndReferences() {
    assertThat(unpickle("](K~01K~02eK~03a.")).isEqualTo(List.of(1L, 2L, 3L));
    assertThat(unpickle("}U~01aK~01s(U~01bK~02u.")).isEqualTo(Map.of("a", 1L, "b", 2L));
    assertThat(unpickle("(U~01aK~01d.")).isEqualTo(Map.of("a", 1L));
    assertThat(unpickle(").")).isEqualTo(List.of());
    assertThat(unpickle("K~01q~070h~072~86.")).isEqualTo(List.of(1L, 1L));
    assertThat(unpickle("K~01p9\n0g9\nr~ff~ff~ff~7f0j~ff~ff~ff~7f.")).isEqualTo(1L);
    assertThat(unpickle("K~05~94K~06~94h~00h~01(1(0~86.")).isEqualTo(List.of(5L, 6L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "K.",
        "K~01",
        "(.",
        "a.",
        "K~01K~02a.",
        "e.",
        "](e",
        "t.",
        "0.",
        "2.",
        "1.",
        "~85.",
        "K~01~86.",
        "}K~01s.",
        "}(K~01u.",
        "K~01K~02K~03s.",
        "}]K~01s.",
        "}}K~01s.",
        "}C~01aK~01s.",
        "h~00.",
        "g1\n.",
        "gx\n.",
        "g-1\n.",
        "p1\n.",
        "q~01.",
        "~94.",
        "r~ff~ff~ff~ff.",
        "K~01r~ff~ff~ff~ff.",
        "I\n.",
        "I-\n.",
        "I1.5\n.",
        "I1L\n.",
        "I1",
        "F\n.",
        "Fx\n.",
        "F1_0\n.",
        "L\n.",
        "LL\n.",
        "S'\n.",
        "Sa\n.",
        "S'a\"\n.",
        "S'\\\n.",
        "S'\\'\n.",
        "S'\\x4'\n.",
        "V\\u12\n.",
        "V\\uzzzz\n.",
        "V\\Uffffffff\n.",
        "X~ff~ff~ff~7fa.",
        "X~ff~ff~ff~ffa.",
        "T~ff~ff~ff~ff.",
        "U~05ab.",
        "B~05~00~00~00ab.",
        "~8d~ff~ff~ff~ff~ff~ff~ff~ff.",
        "~8e~ff~ff~ff~ff~ff~ff~ff~7f.",
        "~8b~ff~ff~ff~7f.",
        "~8b~ff~ff~ff~ff.",
        "~8a~05~01.",
        "~80~06K~01.",
        "~80~ffK~01.",
        "~80",
        "~95~05~00~00~00~00~00~00~00K~01.",
        "~95~ff~ff~ff~ff~ff~ff~ff~ffK~01.",
        "cos\nsystem\n.",
        "~8c~02os~8c~06system~93.",
        "K~01)R.",
        "K~01Qp\n.",
        "P1\n.",
        "(ios\nsystem\n.",
        "(K~01o.",
        "K~01)~81.",
        "K~01}b.",
        "~82~01.",
        "~83~01~00.",
        "~84~01~00~00~00.",
        "~8f.",
        "~97.",
        "~98.",
        "K~01(K~02a.",
        "(K~01(e."
      })
  void refusesWhatIsMalformedOrMoreThanData(String pickle) {
    byte[] b = bytes(pickle);
    assertThat(PickleReader.unpickle(b, 0, b.length)).isEqualTo(Invalid.PICKLE);
  }

  @Test
  void refusesDepthAndDigitsWithoutEnd() {
    assertThat(unpickle("(".repeat(101) + "t".repeat(101) + ".")).isEqualTo(Invalid.PICKLE);
    assertThat(unpickle("(".repeat(100) + "t".repeat(100) + ".")).isInstanceOf(List.class);
    assertThat(unpickle("L" + "9".repeat(5000) + "L\n.")).isEqualTo(Invalid.PICKLE);
    assertThat(unpickle("(" + "N".repeat(2_000_001) + "t.")).isEqualTo(Invalid.PICKLE);
    assertThat(unpickle("N" + "~94".repeat(2_000_001) + ".")).isEqualTo(Invalid.PICKLE);
  }

  @Test
  void takesNumbersAsTextAndNamesAsBytes() {
    read(
        "("
            + item("C~01a", "U~0a1700000000", "S' 1.50\\n'\n")
            + item("U~01b", "F1700000000.5\n", "C~03-.5")
            + "l.");
    assertThat(got.lines).containsExactly("a 1.50 1700000000", "b -.5 1700000000.5");
    assertThat(got.refused).isEmpty();
  }

  private static String item(String name, String time, String value) {
    return "(" + name + "(" + time + value + "tt";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "N",
        "K~01",
        "U~02ab",
        "(U~01at",
        "(U~01aK~01t",
        "(U~01a(K~01tt",
        "(U~01a(K~01K~01K~01tt",
        "(U~01a(K~01K~01tNt",
        "}"
      })
  void refusesItemsOfAnotherShape(String item) {
    read("(" + item + item("U~01k", "K~02", "K~01") + "l.");
    assertThat(got.lines).containsExactly("k 1 2");
    assertThat(got.refused).containsExactly(Invalid.ITEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "U~00",
        "U~03a b",
        "U~03a~0ab",
        "U~07a 1 2~0ab",
        "U~03a~09b",
        "U~03a~00b",
        "U~02a~ff",
        "C~02a~ff",
        "K~01",
        "N",
        "]",
        "U~02a~0d",
        "Va\\ud800\n",
        "U~02a~7f"
      })
  void refusesNamesThatAreNotOneWord(String name) {
    read("(" + item(name, "K~02", "K~01") + "l.");
    assertThat(got.lines).isEmpty();
    assertThat(got.refused).containsExactly(Invalid.ITEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "N",
        "]",
        "U~00",
        "U~01x",
        "U~030x1",
        "U~031 2",
        "Fnan\n",
        "Finf\n",
        "U~03nan",
        "U~05-1e99",
        "U~051e999",
        "Va\\ud800\n",
        "C~01~ff"
      })
  void refusesWhatIsNoFiniteNumber(String number) {
    boolean value = !number.equals("U~05-1e99");
    read("(" + item("U~01a", "K~02", value ? number : "N") + item("U~01a", number, "K~02") + "l.");
    assertThat(got.lines).isEmpty();
    assertThat(got.refused).containsExactly(Invalid.ITEM, Invalid.ITEM);
  }

  @Test
  void refusesWholeNumbersBeyondDoubles() {
    String big = "~8b~c8~00~00~00" + "~7f".repeat(200);
    read("(" + item("U~01a", "K~02", big) + "l.");
    assertThat(got.refused).containsExactly(Invalid.ITEM);
  }

  @ParameterizedTest
  @CsvSource({
    "'J~ff~ff~ff~ff', ",
    "'F-0.5\n', ",
    "'~8a~05~00~00~00~00~01', ",
    "'F4294967295.5\n', 4294967295.5",
    "'F1700000000.0\n', 1700000000",
    "'U~051.7e9', 1700000000",
    "'~8a~05~ff~ff~ff~ff~00', 4294967295",
    "'U~02+5', 5",
    "'U~04 5.5', 5.5"
  })
  void takesTimesUntilTheEndOf32Bits(String time, String printed) {
    read("(" + item("U~01a", time, "K~01") + "l.");
    if (printed == null) {
      assertThat(got.refused).containsExactly(Invalid.ITEM);
    } else {
      assertThat(got.lines).containsExactly("a 1 " + printed);
    }
  }

  @Test
  void boundsWhatReferencesMakeOfALot() {
    String name = "~80~02](X~30~75~00~00" + "n".repeat(30_000) + "q~00K~01K~01~86~86";
    byte[] b = bytes(name + "h~00K~01K~01~86~86".repeat(100_000) + "e.");
    long[] size = {0};

    new PickleReader()
        .read(
            b,
            0,
            b.length,
            new LineSink() {
              @Override
              public void line(byte[] line, int start, int end) {
                size[0] += end - start;
              }

              @Override
              public void refused(Invalid reason) {
                assertThat(reason).isEqualTo(Invalid.ITEM);
              }
            });

    assertThat(size[0]).isBetween(16L << 20, 18L << 20);
  }

  @Test
  void boundsWhatReferencesMakeOfALittle() {
    String name = "x".repeat(60_000);
    StringBuilder pickle = new StringBuilder("(V" + name + "\np0\n(K~01K~01t~86p1\n");
    for (int i = 0; i < 5000; i++) {
      pickle.append("h~01");
    }
    read(pickle.append("l.").toString());
    assertThat(got.lines).hasSizeBetween(1, 100);
    assertThat(got.lines.size() + got.refused.size()).isEqualTo(5001);
  }

  @Property
  void neverThrowsWhateverTheBytes(@ForAll byte[] bytes) {
    new PickleReader().read(bytes, 0, bytes.length, got);
  }

  @Provide
  Arbitrary<byte[]> pickleLike() {
    byte[] opcodes =
        bytes(
            "(.012FIJKLMNSTUVXaelth]}dsupqrgj)BC\n~80~85~86~87~88~89~8a~8b~8c~8d~8e~94~95~96~00~01~02'1");
    return Arbitraries.integers()
        .between(0, opcodes.length - 1)
        .list()
        .ofMaxSize(30)
        .map(
            picks -> {
              byte[] b = new byte[picks.size() + 1];
              for (int i = 0; i < picks.size(); i++) {
                b[i] = opcodes[picks.get(i)];
              }
              b[picks.size()] = '.';
              return b;
            });
  }

  @Property(tries = 20_000)
  void neverThrowsWhateverLooksLikeAPickle(@ForAll("pickleLike") byte[] bytes) {
    new PickleReader().read(bytes, 0, bytes.length, got);
  }

  @Property(tries = 3000)
  void neverThrowsOnDamagedFrames(@ForAll int seed) {
    Random random = new Random(seed);
    byte[] b = frames().get(random.nextInt(6)).bytes().clone();
    b[random.nextInt(b.length)] = (byte) random.nextInt();
    Lines lines = new Lines();
    new PickleReader().read(b, 4, b.length, lines);
    assertThat(lines.lines)
        .allSatisfy(line -> assertThat(line.getBytes(UTF_8)).doesNotContain('\n'));
  }
}
