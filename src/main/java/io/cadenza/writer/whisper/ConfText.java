package io.cadenza.writer.whisper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads text with sections and options as carbon does, with Python's ConfigParser: {@code #} and
 * {@code ;} begin a comment at the begin of a line, names of options have no case, lines that are
 * indented go on with the value before them, {@code %%} is a percent sign and {@code %(name)s} the
 * value of another option.
 */
final class ConfText {
  private static final String DEFAULT = "DEFAULT";
  private static final int MOST_DEPTH = 10;

  /** Is told what is wrong. */
  interface Wrong {
    /**
     * @param line from 1
     */
    void wrong(int line, String problem);
  }

  private static final class Draft {
    final String name;
    final int line;
    final Map<String, StringBuilder> options = new LinkedHashMap<>();

    Draft(String name, int line) {
      this.name = name;
      this.line = line;
    }
  }

  private final Wrong wrong;
  private final List<Draft> drafts = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private Draft draft;
  private StringBuilder value;
  private int indent;

  private ConfText(Wrong wrong) {
    this.wrong = wrong;
  }

  static List<Section> read(String text, Wrong wrong) {
    ConfText reader = new ConfText(wrong);
    int number = 0;
    for (String line : text.split("\r\n|\r|\n", -1)) {
      reader.line(++number, line);
    }
    return reader.sections();
  }

  private void line(int number, String line) {
    String bare = line.strip();
    if (bare.startsWith("#") || bare.startsWith(";")) {
      return;
    }
    if (bare.isEmpty()) {
      if (value != null) {
        value.append('\n');
      }
      return;
    }
    int depth = line.indexOf(bare);
    if (value != null && depth > indent) {
      value.append('\n').append(bare);
      return;
    }
    indent = depth;
    int close = bare.lastIndexOf(']');
    if (bare.startsWith("[") && close > 1) {
      section(number, bare.substring(1, close), close == bare.length() - 1);
    } else {
      option(number, bare);
    }
  }

  /**
   * @param whole whether nothing is behind it; else carbon's own list of sections lacks it
   */
  private void section(int number, String name, boolean whole) {
    value = null;
    draft = new Draft(name, number);
    if (!whole) {
      wrong.wrong(number, "there is something behind [" + name + "]");
    } else if (!names.add(name) && !name.equals(DEFAULT)) {
      wrong.wrong(number, "there is a section [" + name + "] already");
    } else {
      drafts.add(draft);
    }
  }

  private void option(int number, String line) {
    if (draft == null) {
      wrong.wrong(number, "there is no [section] in front of it");
      return;
    }
    int at = delimiter(line);
    String name = line.substring(0, Math.max(0, at)).strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty()) {
      wrong.wrong(number, "\"" + line + "\" is no option; write name = value");
      return;
    }
    value = new StringBuilder(line.substring(at + 1).strip());
    if (draft.options.put(name, value) != null) {
      wrong.wrong(number, "[" + draft.name + "] has " + name + " already");
    }
  }

  private static int delimiter(String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    return equals < 0 || colon >= 0 && colon < equals ? colon : equals;
  }

  private List<Section> sections() {
    Map<String, String> defaults = new LinkedHashMap<>();
    drafts.stream().filter(d -> d.name.equals(DEFAULT)).forEach(d -> put(d, defaults));
    List<Section> sections = new ArrayList<>();
    for (Draft one : drafts) {
      Map<String, String> raw = new LinkedHashMap<>(defaults);
      put(one, raw);
      Map<String, String> options = new LinkedHashMap<>();
      raw.forEach((name, text) -> options.put(name, resolved(one, text, raw, 0)));
      sections.add(new Section(one.name, one.line, Map.copyOf(options)));
    }
    return sections;
  }

  private static void put(Draft from, Map<String, String> into) {
    from.options.forEach((name, text) -> into.put(name, text.toString().stripTrailing()));
  }

  private String resolved(Draft in, String text, Map<String, String> all, int depth) {
    int percent = text.indexOf('%');
    if (percent < 0) {
      return text;
    }
    String rest = text.substring(percent);
    int close = rest.indexOf(")s");
    if (rest.startsWith("%%")) {
      return text.substring(0, percent) + "%" + resolved(in, rest.substring(2), all, depth);
    }
    String name = rest.startsWith("%(") && close > 0 ? rest.substring(2, close) : "";
    String other = all.get(name.toLowerCase(Locale.ROOT));
    if (other == null || depth == MOST_DEPTH) {
      wrong.wrong(in.line, "[" + in.name + "] has a single % in \"" + text + "\"; write %%");
      return text;
    }
    return text.substring(0, percent)
        + resolved(in, other, all, depth + 1)
        + resolved(in, rest.substring(close + 2), all, depth);
  }
}
