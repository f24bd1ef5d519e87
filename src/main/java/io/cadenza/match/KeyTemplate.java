package io.cadenza.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.cadenza.line.Bytes;
import java.util.Arrays;

/**
 * Makes a whole new key of a key that an expression matches, as an aggregation rule does; a {@link
 * Rewrite} replaces the part that matches.
 *
 * <p>Either a regex, with a template as {@link Rewrite} has it, or carbon's {@link CarbonPattern}.
 * In both templates <code>${function}</code> stands for the name of what is computed, which is not
 * known here: the byte {@link #FUNCTION} stands in the new key for it.
 *
 * <p>Immutable, shared by threads. It allocates: to be asked once for a key, with a {@link
 * FateCache} in front.
 */
public final class KeyTemplate {
  /** The answer for a key that the expression does not match, or that would become an empty one. */
  public static final int NO_KEY = -1;

  /** The answer when the new key is longer than the array it should go to. */
  public static final int TOO_LONG = -2;

  /** Where the name of the function belongs in a new key. */
  public static final byte FUNCTION = 1;

  private final Pattern pattern;
  private final Template template;

  private KeyTemplate(Pattern pattern, Template template) {
    this.pattern = pattern;
    this.template = template;
  }

  /**
   * With groups of an expression that is looked for anywhere in the key.
   *
   * @throws PatternException when the regex or the template cannot be used
   */
  public static KeyTemplate regex(String regex, String to) {
    Pattern pattern = RegexParser.atom(0, regex).pattern();
    return new KeyTemplate(pattern, TemplateParser.ofFunctions(to, pattern).template());
  }

  /**
   * With fields of carbon's pattern for the whole key.
   *
   * @throws PatternException when the pattern or the template cannot be used
   */
  public static KeyTemplate carbon(String input, String to) {
    CarbonPattern pattern = CarbonPattern.of(input);
    return new KeyTemplate(pattern.pattern(), pattern.template(to));
  }

  /**
   * The regex that finds the keys of carbon's pattern.
   *
   * @throws PatternException when the pattern cannot be used
   */
  public static String carbonRegex(String input) {
    return CarbonPattern.of(input).pattern().pattern();
  }

  /**
   * Writes the new key for {@code bytes[from, to)} to the start of {@code into}, another array, and
   * answers its length, {@link #NO_KEY} or {@link #TOO_LONG}. Then what is in {@code into} means
   * nothing. A byte {@link #FUNCTION} that the old key has becomes {@code _}. Never throws.
   */
  public int apply(byte[] bytes, int from, int to, byte[] into) {
    if (Bytes.indexOf(bytes, from, to, FUNCTION) >= 0) {
      byte[] mended = withoutFunction(bytes, from, to);
      return apply(mended, 0, mended.length, into);
    }
    KeyText key = KeyText.of(bytes, from, to);
    Matcher matcher = pattern.matcher(key.chars());
    if (!matcher.find()) {
      return NO_KEY;
    }
    Output output = new Output(into);
    template.write(matcher, key, bytes, output);
    if (output.tooLong()) {
      return TOO_LONG;
    }
    return output.length() == 0 ? NO_KEY : output.length();
  }

  private static byte[] withoutFunction(byte[] bytes, int from, int to) {
    byte[] mended = Arrays.copyOfRange(bytes, from, to);
    for (int i = 0; i < mended.length; i++) {
      mended[i] = mended[i] == FUNCTION ? (byte) '_' : mended[i];
    }
    return mended;
  }
}
