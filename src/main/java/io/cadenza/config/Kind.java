package io.cadenza.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One kind of value: how its text is read, and the words for what would be right.
 *
 * @param wanted follows "is not" and "give"
 * @param harmless what is answered for a wrong value, so that reading goes on
 * @param parser answers null for what is simply not wanted, or throws a {@link Complaint}
 */
record Kind<T>(String wanted, T harmless, Function<String, T> parser) {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final int LONGEST_NUMBER = 40;
  private static final Pattern BARE_NUMBER =
      Pattern.compile("[+-]?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)?");

  /**
   * @throws Complaint when the value is not of this kind
   */
  T read(ConfigValue value) {
    boolean scalar =
        value.valueType() != ConfigValueType.OBJECT && value.valueType() != ConfigValueType.LIST;
    T read = scalar ? parser.apply(Shown.scalar(value)) : null;
    if (read == null) {
      throw new Complaint("is not " + wanted);
    }
    return read;
  }

  static Kind<String> text() {
    return new Kind<>("a text", "", text -> text);
  }

  static Kind<String> oneOf(List<String> words) {
    if (words.isEmpty()) {
      return text();
    }
    String wanted = "one of " + String.join(", ", words);
    return new Kind<>(wanted, words.get(0), text -> known(text, words, wanted));
  }

  static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    E[] all = type.getEnumConstants();
    List<String> words = List.of(all).stream().map(Kind::word).toList();
    Kind<String> word = oneOf(words);
    return new Kind<>(word.wanted, all[0], text -> all[words.indexOf(word.parser.apply(text))]);
  }

  static Kind<Integer> count(int min, int max) {
    String wanted = "a whole number" + range(min, max, max == Integer.MAX_VALUE);
    return new Kind<>(wanted, min, text -> whole(text, min, max));
  }

  static Kind<Double> fraction(double min, double max) {
    String wanted = "a number" + range(plain(min), plain(max), max == Double.MAX_VALUE);
    return new Kind<>(wanted, min, text -> number(text, min, max));
  }

  static Kind<Long> bytes(long min, long max) {
    String range = range(Shown.bytes(min), Shown.bytes(max), max == Long.MAX_VALUE);
    return new Kind<>(
        "a size" + range + ", such as 4096, 64KiB or 16MiB", min, text -> size(text, min, max));
  }

  static Kind<Duration> duration(Duration min, Duration max) {
    boolean open = max.compareTo(LONGEST) >= 0;
    String range = range(Shown.duration(min), open ? "" : Shown.duration(max), open);
    return new Kind<>(
        "a duration" + range + ", such as 500ms, 10s or 5m", min, text -> time(text, min, max));
  }

  /** The same, with words beside it that the caller reads. */
  Kind<T> or(List<String> words) {
    return new Kind<>(String.join(", ", words) + " or " + wanted, harmless, parser);
  }

  static Kind<Boolean> flag() {
    return new Kind<>("true or false", false, Kind::yesOrNo);
  }

  static Kind<Secret> secret() {
    return new Kind<>("a text", Secret.none(), Kind::given);
  }

  static Kind<Path> file() {
    return new Kind<>("a readable file", Path.of(""), Kind::readable);
  }

  static Kind<Url> url(int defaultPort) {
    return new Kind<>(
        "a URL such as tcp://127.0.0.1:2003", Url.NOWHERE, text -> UrlText.read(text, defaultPort));
  }

  static Kind<Url> address(int defaultPort) {
    return new Kind<>(
        "an address such as 127.0.0.1:6061",
        Url.NOWHERE,
        text -> UrlText.address(text, defaultPort));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String known(String text, List<String> words, String wanted) {
    if (words.contains(text)) {
      return text;
    }
    String nearest = Nearest.to(text, words);
    throw new Complaint(
        "is not " + wanted + (nearest.isEmpty() ? "" : "; did you mean \"" + nearest + "\"?"));
  }

  private static Integer whole(String text, int min, int max) {
    try {
      int value = decimal(text).intValueExact();
      return value < min || value > max ? null : Integer.valueOf(value);
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return null;
    }
  }

  private static Double number(String text, double min, double max) {
    try {
      double value = decimal(text).doubleValue();
      return value < min || value > max ? null : Double.valueOf(value);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** A number of thousands of digits would take its time, and none is meant. */
  private static BigDecimal decimal(String text) {
    if (text.length() > LONGEST_NUMBER) {
      throw new NumberFormatException();
    }
    return new BigDecimal(text.strip());
  }

  private static Long size(String text, long min, long max) {
    try {
      long value = ConfigValueFactory.fromAnyRef(text).atKey("v").getBytes("v");
      return value < min || value > max ? null : Long.valueOf(value);
    } catch (com.typesafe.config.ConfigException notASize) {
      return null;
    }
  }

  private static Duration time(String text, Duration min, Duration max) {
    if (BARE_NUMBER.matcher(text).matches()) {
      // HOCON takes a bare number as milliseconds, which few who write one expect.
      throw new Complaint("has no unit; give a unit: " + text + "s");
    }
    if (text.isEmpty() || !Character.isLetter(text.charAt(text.length() - 1))) {
      return null;
    }
    try {
      Duration value = ConfigValueFactory.fromAnyRef(text).atKey("v").getDuration("v");
      return value.compareTo(min) < 0 || value.compareTo(max) > 0 ? null : value;
    } catch (com.typesafe.config.ConfigException notADuration) {
      return null;
    }
  }

  private static Boolean yesOrNo(String text) {
    return switch (text) {
      case "true", "yes", "on" -> Boolean.TRUE;
      case "false", "no", "off" -> Boolean.FALSE;
      default -> null;
    };
  }

  /** An empty token, as an unset variable leaves it, would look like protection and be none. */
  private static Secret given(String text) {
    if (text.isBlank()) {
      throw new Complaint("is empty; give a value, or leave the key out");
    }
    return Secret.of(text);
  }

  private static Path readable(String text) {
    Path file = path(text);
    if (!Files.exists(file)) {
      throw new Complaint("does not exist; give a readable file");
    }
    if (Files.isDirectory(file)) {
      throw new Complaint("is a folder; give a readable file");
    }
    return Files.isReadable(file) ? file : null;
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException notAPath) {
      throw new Complaint("is not a path; give a readable file");
    }
  }

  private static String range(Object min, Object max, boolean open) {
    return open ? " of at least " + min : " from " + min + " to " + max;
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
