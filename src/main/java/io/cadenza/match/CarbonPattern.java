package io.cadenza.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * carbon's pattern for the keys of an aggregation rule, as a regex.
 *
 * <p>Its parts between dots are: {@code <name>}, one part of a key or some of one; {@code
 * <<name>>}, which may go over dots; {@code *}, one whole part; and anything else, in which a
 * {@code *} is any number of characters other than dots, and which is a regex otherwise. Text
 * around a field is a regex with no other meaning of {@code *}. The pattern has to match from the
 * key's begin to its end. Where a field can be more than one text it is the shortest.
 *
 * <p>Source: carbon's aggregator/rules.py, by what it does.
 *
 * @param input as written
 * @param pattern what it stands for
 */
record CarbonPattern(String input, Pattern pattern) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What a template has besides text: a field with single or double brackets, or the function. */
  private static final Pattern PIECE =
      Pattern.compile("<<([^<>]*)>>|<([^<>]*)>|\\$\\{function\\}|[<>]");

  /**
   * @throws PatternException when the pattern cannot be used
   */
  static CarbonPattern of(String input) {
    if (input.isEmpty()) {
      throw new PatternException(input, -1, "there is no pattern");
    }
    StringBuilder regex = new StringBuilder("^(?:");
    int at = 0;
    for (String part : input.split("\\.", -1)) {
      regex.append(at == 0 ? "" : "\\.").append(part(input, at, part));
      at += part.length() + 1;
    }
    regex.append("$)");
    try {
      return new CarbonPattern(input, RegexParser.atom(0, regex.toString()).pattern());
    } catch (PatternException wrong) {
      throw new PatternException(input, -1, "means the regex " + wrong.getMessage());
    }
  }

  private static String part(String input, int at, String part) {
    if (part.contains("<<") && part.contains(">>")) {
      return field(input, at, part, part.indexOf("<<"), part.indexOf(">>"), 2);
    }
    int open = part.indexOf('<');
    int close = part.indexOf('>');
    if (open >= 0 && close > open) {
      return field(input, at, part, open, close, 1);
    }
    return part.equals("*") ? "[^.]+" : part.replace("*", "[^.]*");
  }

  private static String field(
      String input, int at, String part, int open, int close, int brackets) {
    String before = part.substring(0, open);
    String name = close < open ? "" : part.substring(open + brackets, close);
    String after = part.substring(Math.max(open, close) + brackets);
    if (!NAME.matcher(name).matches()) {
      throw new PatternException(
          input, at + open, "name of a field (letters, digits and _, between < and >)");
    }
    if (hasField(before) || hasField(after)) {
      throw new PatternException(input, at + open, "second field between two dots");
    }
    return before + "(?P<" + name + ">" + (brackets == 2 ? "." : "[^.]") + "+?)" + after;
  }

  private static boolean hasField(String text) {
    int open = text.indexOf('<');
    return open >= 0 && text.indexOf('>', open) >= 0;
  }

  /**
   * The new key in terms of its fields, {@code <name>} or {@code <<name>>}; all else is text.
   *
   * @throws PatternException when a field is not there
   */
  Template template(String to) {
    List<Template.Piece> pieces = new ArrayList<>();
    int copied = 0;
    Matcher found = PIECE.matcher(to);
    while (found.find()) {
      addText(pieces, to.substring(copied, found.start()));
      pieces.add(piece(to, found));
      copied = found.end();
    }
    addText(pieces, to.substring(copied));
    return new Template(List.copyOf(pieces));
  }

  private static void addText(List<Template.Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Template.Text(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private Template.Piece piece(String to, Matcher found) {
    if (found.group().startsWith("$")) {
      return new Template.Text(new byte[] {KeyTemplate.FUNCTION});
    }
    String name = found.group(1) != null ? found.group(1) : found.group(2);
    if (name == null) {
      throw new PatternException(to, found.start(), found.group() + " that is no field's");
    }
    Integer group = pattern.namedGroups().get(name);
    if (group == null) {
      throw new PatternException(
          to, found.start(), "unknown field " + name + " (\"" + input + "\" has " + fields() + ")");
    }
    return new Template.Group(group, false, false, false);
  }

  private String fields() {
    TreeSet<String> names = new TreeSet<>(pattern.namedGroups().keySet());
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
