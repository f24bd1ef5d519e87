package io.cadenza.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What every line format promises. A new one has a test class that extends this. */
abstract class LineFormatContract {
  /** The format under test. */
  abstract LineFormat format();

  /** Lines that pass at every level, with their keys. */
  abstract Map<String, String> goodLines();

  /** Text that generated lines are made of, so that they come near to right ones. */
  abstract String alphabet();

  /** The key, or the label of the reason why there is none. */
  final String keyOf(String line) {
    return keyOf(line.getBytes(UTF_8));
  }

  final String keyOf(byte[] b) {
    long key = format().key(b, 0, b.length);
    return key < 0 ? Invalid.of(key).label() : new String(b, from(key), to(key) - from(key), UTF_8);
  }

  /** The reason why the line is refused; null if it is not. */
  final Invalid check(Validation level, String line) {
    return check(level, line.getBytes(UTF_8));
  }

  final Invalid check(Validation level, byte[] b) {
    long key = format().key(b, 0, b.length);
    return key < 0 ? Invalid.of(key) : format().check(level, b, from(key), to(key), b.length);
  }

  final Invalid medium(String line) {
    return check(Validation.MEDIUM, line);
  }

  final Invalid strict(String line) {
    return check(Validation.STRICT, line);
  }

  private static int from(long key) {
    return (int) (key >>> 32);
  }

  private static int to(long key) {
    return (int) key;
  }

  @Example
  void hasANameFitForConfiguration() {
    assertThat(format().name()).matches("[a-z][a-z0-9-]*");
  }

  @Example
  void findsTheKeysOfGoodLines() {
    goodLines().forEach((line, key) -> assertThat(keyOf(line)).as(line).isEqualTo(key));
  }

  @Example
  void takesGoodLinesAtEveryLevel() {
    for (String line : goodLines().keySet()) {
      assertThat(medium(line)).as(line).isNull();
      assertThat(strict(line)).as(line).isNull();
    }
  }

  @Example
  void refusesNothingAsEmpty() {
    assertThat(keyOf("")).isEqualTo("empty");
    assertThat(keyOf(" \t  ")).as("blanks belong to a key of statsd").isIn("empty", "key");
  }

  @Example
  void readsALineAmongOthers() {
    goodLines()
        .forEach(
            (line, key) -> {
              byte[] all = ("x 1 1\n" + line + "\n|:{ 1 2\n").getBytes(UTF_8);
              int end = 6 + line.getBytes(UTF_8).length;
              long span = format().key(all, 6, end);
              assertThat(new String(all, from(span), to(span) - from(span), UTF_8)).isEqualTo(key);
              assertThat(format().check(Validation.STRICT, all, from(span), to(span), end))
                  .as(line)
                  .isNull();
            });
  }

  @Property
  void neverThrowsWhateverTheBytes(@ForAll byte[] bytes) {
    staysWithinBounds(bytes);
  }

  @Property(tries = 3000)
  void neverThrowsWhateverLooksLikeALine(@ForAll("lineLike") byte[] bytes) {
    staysWithinBounds(bytes);
  }

  @Provide
  final Arbitrary<byte[]> lineLike() {
    return Arbitraries.strings()
        .withChars((alphabet() + "\u00e9\0\r\ud83d").toCharArray())
        .ofMaxLength(40)
        .map(text -> text.getBytes(UTF_8));
  }

  private void staysWithinBounds(byte[] bytes) {
    long key = format().key(bytes, 0, bytes.length);
    if (key < 0) {
      assertThat(Invalid.of(key)).isNotNull();
      return;
    }
    assertThat(from(key)).isNotNegative().isLessThan(to(key));
    assertThat(to(key)).isLessThanOrEqualTo(bytes.length);
    Invalid medium = check(Validation.MEDIUM, bytes);
    Invalid strict = check(Validation.STRICT, bytes);
    assertThat(medium != null && strict == null).as("strict takes what medium refuses").isFalse();
  }

  @Property(tries = 2000)
  void readsTheSameWhereverTheLineLies(@ForAll("lineLike") byte[] line) {
    byte[] moved = new byte[line.length + 24];
    Arrays.fill(moved, (byte) '7');
    moved[4] = '\n';
    System.arraycopy(line, 0, moved, 5, line.length);
    long here = format().key(line, 0, line.length);
    long there = format().key(moved, 5, 5 + line.length);
    assertThat(there).isEqualTo(here < 0 ? here : here + LineFormat.span(5, 5));
    if (here >= 0) {
      assertThat(format().check(Validation.STRICT, moved, from(there), to(there), 5 + line.length))
          .isEqualTo(check(Validation.STRICT, line));
    }
  }
}
