package io.cadenza.api;

import io.cadenza.render.RenderException;
import io.cadenza.render.TimeText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a request says, in its address and its body together. As graphite has it, of several values
 * of one name the last counts where only one can.
 */
final class Parameters {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int LONGEST_CALLBACK = 128;
  private static final int LONGEST_SHOWN = 60;

  private final Map<String, List<String>> all = new LinkedHashMap<>();

  /**
   * Reads both.
   *
   * @param query of the address, as it came; null for none
   * @param body as it came
   * @param type of the body; empty for none
   * @throws Refusal when the body says that it is a form, and is none
   */
  static Parameters read(String query, byte[] body, String type) {
    Parameters parameters = new Parameters();
    FormText.read(query, parameters::add);
    if (type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      FormText.read(new String(body, StandardCharsets.UTF_8), parameters::add);
    } else if (Multipart.is(type)) {
      Multipart.read(body, type, parameters::add);
    }
    return parameters;
  }

  private void add(String name, String value) {
    all.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  /** The last value of a name; null when there is none. */
  String last(String name) {
    List<String> values = all.get(name);
    return values == null ? null : values.get(values.size() - 1);
  }

  String last(String name, String absent) {
    String value = last(name);
    return value == null ? absent : value;
  }

  /** All values of a name or, where there is none, of the name as PHP and Rails have it. */
  List<String> all(String name) {
    List<String> values = all.get(name);
    return values == null ? all.getOrDefault(name + "[]", List.of()) : values;
  }

  /** The last values of {@code name[KEY]}, by key. */
  Map<String, String> keyed(String name) {
    Map<String, String> keyed = new LinkedHashMap<>();
    String begin = name + "[";
    for (String key : all.keySet()) {
      if (key.startsWith(begin) && key.endsWith("]")) {
        keyed.put(key.substring(begin.length(), key.length() - 1), last(key));
      }
    }
    return keyed;
  }

  /**
   * A whole number.
   *
   * @throws Refusal when it is none
   */
  int number(String name, int absent) {
    String value = last(name);
    try {
      return value == null ? absent : Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw Refusal.invalid("Invalid int value '%s' for param %s".formatted(brief(value), name));
    }
  }

  /** A flag of graphite's: any number but 0. */
  boolean flag(String name) {
    return number(name, 0) != 0;
  }

  /** As Python has it: anything but nothing. */
  boolean pretty() {
    return !last("pretty", "").isEmpty();
  }

  /**
   * The function that JSON is to be wrapped in; null for none. Names only: what is sent back runs
   * in the page that asked.
   *
   * @throws Refusal when it is no name
   */
  String callback() {
    String name = last("jsonp", "");
    if (name.isEmpty()) {
      return null;
    }
    boolean plain = name.chars().allMatch(c -> isNameCharacter(c) || c == '.');
    if (!plain || Character.isDigit(name.charAt(0)) || name.length() > LONGEST_CALLBACK) {
      throw Refusal.invalid("Invalid value '" + brief(name) + "' for param jsonp: give a name");
    }
    return name;
  }

  private static boolean isNameCharacter(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '$';
  }

  /** The time zone; that of the server, UTC, where it is none that is known. */
  ZoneId zone() {
    String name = last("tz", "");
    try {
      return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }

  /** Seconds since 1970 that {@code now} is. */
  long now(long seconds) {
    String text = last("now", "");
    return text.isEmpty() ? seconds : time("now", text, seconds);
  }

  /**
   * A time.
   *
   * @param now seconds since 1970
   * @param absent what it is where nothing is said
   * @throws Refusal when it is none
   */
  long time(String name, long now, long absent) {
    String text = last(name, "");
    return text.isEmpty() ? absent : time(name, text, now);
  }

  private long time(String name, String text, long now) {
    try {
      return TimeText.parse(text, now, zone());
    } catch (RenderException e) {
      throw Refusal.invalid(
          "Invalid value '%s' for param %s: %s".formatted(brief(text), name, e.getMessage()));
    }
  }

  /** A text as a message may repeat it. */
  static String brief(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }
}
