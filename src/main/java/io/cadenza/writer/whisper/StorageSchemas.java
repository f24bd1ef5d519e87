package io.cadenza.writer.whisper;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.cadenza.config.Settings;
import io.cadenza.store.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * carbon's {@code storage-schemas.conf}: the retentions of a new file by the first pattern that is
 * found in its key; 60 s for 7 days where none is. Immutable.
 */
record StorageSchemas(List<Rule> rules) {
  private static final List<Retention> OTHERWISE = List.of(new Retention(60, 7 * 86_400L));

  /** One section. */
  record Rule(Pattern pattern, List<Retention> retentions) {}

  StorageSchemas {
    rules = List.copyOf(rules);
  }

  /** What carbon would not start with is a problem; what it leaves out, a warning. */
  static StorageSchemas read(Settings s, String key, List<String> warnings) {
    ConfFile file = new ConfFile(s, key, warnings);
    List<Rule> rules = new ArrayList<>();
    for (Section section : file.sections()) {
      Rule rule = rule(file, section);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return new StorageSchemas(rules);
  }

  private static Rule rule(ConfFile file, Section section) {
    String texts = section.options().get("retentions");
    if (texts == null) {
      file.leftOut(section, "it has no retentions");
      return null;
    }
    Optional<List<Retention>> retentions = Retention.parseAll(texts);
    if (retentions.isEmpty()) {
      file.wrong(section.line(), "[" + section.name() + "] \"" + texts + "\" " + Retention.WANTED);
      return null;
    }
    Pattern pattern = pattern(file, section);
    if (pattern == null) {
      return null;
    }
    Optional<String> problem = Layout.problem(retentions.get());
    problem.ifPresent(why -> file.leftOut(section, why));
    return problem.isPresent() ? null : new Rule(pattern, retentions.get());
  }

  /** Null, having told why, when there is none. */
  static Pattern pattern(ConfFile file, Section section) {
    String text = section.options().getOrDefault("pattern", "");
    if (text.isEmpty()) {
      file.leftOut(section, "it has no pattern");
      return null;
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      file.wrong(
          section.line(),
          "[" + section.name() + "] \"" + text + "\" is no regex of RE2: " + e.getDescription());
      return null;
    }
  }

  /** The retentions that a file may have. */
  List<Retention> all() {
    List<Retention> all = new ArrayList<>(OTHERWISE);
    rules.forEach(rule -> all.addAll(rule.retentions));
    return all;
  }

  /** The retentions of a new file. */
  List<Retention> of(String key) {
    for (Rule rule : rules) {
      if (rule.pattern.matcher(key).find()) {
        return rule.retentions;
      }
    }
    return OTHERWISE;
  }
}
