package io.cadenza.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.regex.Pattern;

/** How values, places and amounts are shown in a problem. */
final class Shown {
  private static final int LONGEST = 80;
  private static final Pattern LOGIN = Pattern.compile("://[^/@]*@");
  private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{Alnum}_-]+");
  private static final String[] SIZES = {"", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final String[] TIMES = {"d", "h", "m", "s", "ms", "us", "ns"};
  private static final long[] NANOS = {
    86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
  };

  private Shown() {}

  static String value(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "a block";
      case LIST -> "a list";
      case NULL -> "null";
      case STRING -> text((String) value.unwrapped());
      case NUMBER, BOOLEAN -> shorten(scalar(value));
    };
  }

  static String text(String text) {
    return ConfigUtil.quoteString(shorten(LOGIN.matcher(text).replaceAll("://***@")));
  }

  /** The text of a string, number or flag as the file has it: 1.10 stays 1.10. */
  static String scalar(ConfigValue value) {
    return value.atKey("v").getString("v");
  }

  /** File and line, the name of a resource, or the environment; empty for what has been merged. */
  static String where(ConfigOrigin origin) {
    String name = name(origin);
    int line = origin.lineNumber();
    if (name.startsWith("merge of ")) {
      return "";
    }
    return line > 0 ? name + ":" + line : name;
  }

  private static String name(ConfigOrigin origin) {
    if (origin.resource() != null) {
      return origin.resource();
    }
    if (origin.filename() != null) {
      return origin.filename();
    }
    return origin.description().replaceFirst(": \\d+(-\\d+)?$", "");
  }

  static String path(String parent, String key) {
    String name = PLAIN_NAME.matcher(key).matches() ? key : ConfigUtil.quoteString(key);
    return parent.isEmpty() ? name : parent + "." + name;
  }

  static String bytes(long bytes) {
    int unit = 0;
    long amount = bytes;
    while (amount != 0 && amount % 1024 == 0) {
      amount /= 1024;
      unit++;
    }
    return amount + SIZES[unit];
  }

  static String duration(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    long nanos = duration.toNanos();
    int unit = 0;
    while (nanos % NANOS[unit] != 0) {
      unit++;
    }
    return nanos / NANOS[unit] + TIMES[unit];
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
