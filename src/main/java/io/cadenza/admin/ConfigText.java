package io.cadenza.admin;

import io.cadenza.config.Components;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Configuration as node statsd tells its own: {@code key: value}, and of what has keys or places of
 * its own {@code key > sub: value}. What is deeper is text. Secrets print as such.
 */
final class ConfigText {
  private ConfigText() {}

  /** A line for each component of a record, and for each of those that are records or lists. */
  static String of(Record config) {
    StringBuilder all = new StringBuilder();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      property(all, key(component), Components.value(component, config));
    }
    return all.toString();
  }

  private static void property(StringBuilder all, String key, Object value) {
    if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        line(all, key + " > " + key(component), Components.value(component, record));
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, own) -> line(all, key + " > " + name, own));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        line(all, key + " > " + i, list.get(i));
      }
    } else {
      line(all, key, value);
    }
  }

  private static void line(StringBuilder all, String key, Object value) {
    all.append(key).append(": ").append(text(value)).append('\n');
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return Inspect.number(number);
    }
    if (value instanceof Duration time) {
      return duration(time);
    }
    if (value instanceof Enum<?> word) {
      return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof Optional<?> maybe) {
      return text(maybe.orElse(null));
    }
    return String.valueOf(value).replace('\n', ' ');
  }

  /** With its unit, as it is written in a file. */
  private static String duration(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }

  private static String key(RecordComponent component) {
    return Components.key(component.getName());
  }
}
