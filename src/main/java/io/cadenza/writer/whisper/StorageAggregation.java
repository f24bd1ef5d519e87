package io.cadenza.writer.whisper;

import com.google.re2j.Pattern;
import io.cadenza.config.Settings;
import io.cadenza.store.Aggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * carbon's {@code storage-aggregation.conf}: method and x-files factor of a new file, by the first
 * pattern that is found in its key. Immutable.
 */
record StorageAggregation(List<Rule> rules) {
  private static final double FACTOR = 0.5;

  /** One section; what it does not say is as whisper has it: average, and half of the points. */
  record Rule(Pattern pattern, Aggregate method, double xFilesFactor) {}

  StorageAggregation {
    rules = List.copyOf(rules);
  }

  /** What carbon would not start with is a problem; what it leaves out, a warning. */
  static StorageAggregation read(Settings s, String key, List<String> warnings) {
    ConfFile file = new ConfFile(s, key, warnings);
    List<Rule> rules = new ArrayList<>();
    for (Section section : file.sections()) {
      Rule rule = rule(file, section);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return new StorageAggregation(rules);
  }

  private static Rule rule(ConfFile file, Section section) {
    double factor = factor(file, section);
    Aggregate method = method(file, section);
    if (Double.isNaN(factor) || method == null) {
      return null;
    }
    Pattern pattern = StorageSchemas.pattern(file, section);
    return pattern == null ? null : new Rule(pattern, method, factor);
  }

  /** NaN, having told why, when it is none. */
  private static double factor(ConfFile file, Section section) {
    String text = section.options().get("xfilesfactor");
    if (text == null) {
      return FACTOR;
    }
    double factor;
    try {
      factor = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      file.leftOut(section, "its xFilesFactor \"" + text + "\" is no number");
      return Double.NaN;
    }
    if (!(factor >= 0 && factor <= 1)) {
      file.wrong(
          section.line(),
          "[" + section.name() + "] xFilesFactor \"" + text + "\" is no number from 0 to 1");
      return Double.NaN;
    }
    return factor;
  }

  /** Null, having told why, when it is none. */
  private static Aggregate method(ConfFile file, Section section) {
    String word = section.options().get("aggregationmethod");
    if (word == null) {
      return Aggregate.AVERAGE;
    }
    for (Aggregate method : Aggregate.values()) {
      if (method.word().equals(word)) {
        return method;
      }
    }
    String known =
        Arrays.stream(Aggregate.values()).map(Aggregate::word).collect(Collectors.joining(", "));
    file.wrong(
        section.line(),
        "[" + section.name() + "] aggregationMethod \"" + word + "\" is not one of " + known);
    return null;
  }

  /** The section for a key; nothing when there is none. */
  Optional<Rule> of(String key) {
    return rules.stream().filter(rule -> rule.pattern.matcher(key).find()).findFirst();
  }
}
