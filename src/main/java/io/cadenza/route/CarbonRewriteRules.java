package io.cadenza.route;

import io.cadenza.config.Settings;
import io.cadenza.match.PatternException;
import io.cadenza.match.PythonTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads carbon's {@code rewrite-rules.conf} as it is: sections {@code [pre]} and {@code [post]} of
 * lines {@code REGEX = REPLACEMENT}, which the first {@code =} parts. All that a regex finds is
 * replaced, in the order of the lines.
 *
 * @param pre what acts in front of the aggregation
 * @param post what acts behind it
 */
record CarbonRewriteRules(List<RewriteConfig> pre, List<RewriteConfig> post) {
  private static final CarbonRewriteRules NONE = new CarbonRewriteRules(List.of(), List.of());
  private static final String PRE = "pre";
  private static final String POST = "post";

  /**
   * The rules of a file; every line that is none is a problem.
   *
   * @param s where {@code key} may name a file
   */
  static CarbonRewriteRules read(Settings s, String key) {
    if (!s.has(key)) {
      return NONE;
    }
    CarbonFile file = new CarbonFile(s, key);
    Map<String, List<RewriteConfig>> sections = new LinkedHashMap<>();
    List<RewriteConfig> now = null;
    for (CarbonFile.Line line : file.lines()) {
      String text = line.text();
      if (text.startsWith("[") && text.endsWith("]")) {
        now = section(file, line, sections);
      } else if (!text.startsWith(";")) {
        add(file, line, now);
      }
    }
    return new CarbonRewriteRules(
        List.copyOf(sections.getOrDefault(PRE, List.of())),
        List.copyOf(sections.getOrDefault(POST, List.of())));
  }

  private static List<RewriteConfig> section(
      CarbonFile file, CarbonFile.Line line, Map<String, List<RewriteConfig>> sections) {
    String name = line.text().substring(1, line.text().length() - 1).toLowerCase(Locale.ROOT);
    if (!name.equals(PRE) && !name.equals(POST)) {
      file.wrong(line, "\"" + line.text() + "\" is no section; there are [pre] and [post]");
    }
    List<RewriteConfig> rules = new ArrayList<>();
    if (sections.putIfAbsent(name, rules) != null) {
      file.wrong(line, "another section is " + line.text() + "; put the rules into one");
    }
    return rules;
  }

  private static void add(CarbonFile file, CarbonFile.Line line, List<RewriteConfig> section) {
    int equals = line.text().indexOf('=');
    String regex = line.text().substring(0, Math.max(0, equals)).strip();
    if (regex.isEmpty()) {
      file.wrong(line, "\"" + line.text() + "\" is no rule; write REGEX = REPLACEMENT");
      return;
    }
    if (section == null) {
      file.wrong(line, "is in no section; put [pre] or [post] in front");
      return;
    }
    try {
      String replacement = line.text().substring(equals + 1).strip();
      String to = PythonTemplate.translated(replacement);
      RewriteConfig rule = new RewriteConfig(regex, null, to, -1, null);
      rule.make();
      if (RewriteConfig.blankIn(to) != null) {
        file.wrong(line, "\"" + replacement + "\" " + RewriteConfig.blankIn(to));
      }
      section.add(rule);
    } catch (PatternException wrong) {
      file.wrong(line, wrong.getMessage());
    }
  }
}
