package io.cadenza.match;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads RE2 syntax as RE2/J does: what that accepts with no flags is accepted here with the same
 * meaning, and nothing else. One instance reads one regex.
 */
final class RegexParser {
  private static final int MAX_LENGTH = 16_384;
  private static final int MAX_SIZE = 20_000;
  private static final int MAX_DEPTH = 200;
  private static final int MAX_TIMES = 1_000;

  private final RegexChars chars;
  private final Set<String> names = new HashSet<>();
  private boolean multiline;
  private boolean dotAll;
  private int depth;

  private RegexParser(String regex) {
    chars = new RegexChars(regex);
  }

  /** The atom of a regex, proven to be one for RE2/J too. */
  static Atom atom(int index, String regex) {
    if (regex.length() > MAX_LENGTH) {
      throw new PatternException(regex, -1, "too large: more than " + MAX_LENGTH + " characters");
    }
    RegexParser parser = new RegexParser(regex);
    Syntax syntax = parser.whole();
    if (syntax.size() > MAX_SIZE) {
      throw new PatternException(
          regex,
          -1,
          "too large: more than " + MAX_SIZE + " steps with its repetitions written out");
    }
    return new Atom(index, parser.chars.foreign ? null : syntax, compiled(regex));
  }

  private static Pattern compiled(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      int at = e.getPattern() == null ? -1 : regex.indexOf(e.getPattern());
      throw new PatternException(regex, at, e.getDescription());
    }
  }

  private Syntax whole() {
    Syntax all = alternation();
    if (chars.more()) {
      throw chars.wrong(chars.at, "closing ) without (");
    }
    return all;
  }

  private Syntax alternation() {
    List<Syntax> branches = new ArrayList<>();
    List<Syntax> parts = new ArrayList<>();
    int repeated = -1; // where the repetition just before is
    while (chars.more() && chars.peek() != ')') {
      int at = chars.at;
      if (chars.take('|')) {
        branches.add(cat(parts));
        parts = new ArrayList<>();
        repeated = -1;
      } else {
        repeated = repetition(parts, repeated) ? at : -1;
        if (repeated < 0) {
          part(parts);
        }
      }
    }
    branches.add(cat(parts));
    return branches.size() == 1 ? branches.get(0) : new Syntax.Alt(branches);
  }

  private static Syntax cat(List<Syntax> parts) {
    return parts.size() == 1 ? parts.get(0) : new Syntax.Cat(parts);
  }

  private void part(List<Syntax> parts) {
    int c = chars.next();
    switch (c) {
      case '(' -> group(parts);
      case '[' -> parts.add(new Syntax.Chars(new ClassParser(chars).bracket()));
      case '.' -> parts.add(new Syntax.Chars(dotAll ? CodePoints.ALL : NOT_NEWLINE));
      case '^' ->
          parts.add(new Syntax.Place(multiline ? Assertion.BEGIN_LINE : Assertion.BEGIN_TEXT));
      case '$' -> parts.add(new Syntax.Place(multiline ? Assertion.END_LINE : Assertion.END_TEXT));
      case '\\' -> escape(parts);
      default -> parts.add(new Syntax.Chars(chars.one(c)));
    }
  }

  private static final CodePoints NOT_NEWLINE = CodePoints.range('\n', '\n').not();

  private void escape(List<Syntax> parts) {
    switch (chars.more() ? chars.peek() : -1) {
      case 'A' -> place(parts, Assertion.BEGIN_TEXT);
      case 'z' -> place(parts, Assertion.END_TEXT);
      case 'b' -> place(parts, Assertion.WORD_EDGE);
      case 'B' -> place(parts, Assertion.NO_WORD_EDGE);
      case 'Q' -> quoted(parts);
      default -> parts.add(new Syntax.Chars(new ClassParser(chars).escape()));
    }
  }

  private void place(List<Syntax> parts, Assertion assertion) {
    chars.next();
    parts.add(new Syntax.Place(assertion));
  }

  private void quoted(List<Syntax> parts) {
    chars.next();
    while (chars.more() && !chars.take("\\E")) {
      parts.add(new Syntax.Chars(chars.one(chars.next())));
    }
  }

  /** Wraps the last part when a repetition is next. */
  private boolean repetition(List<Syntax> parts, int repeated) {
    int at = chars.at;
    int[] times = times();
    if (times == null) {
      return false;
    }
    boolean lazy = chars.take('?'); // no matter to whether there is a match
    if (repeated >= 0) {
      boolean possessive = !lazy && chars.text.charAt(at) == '+';
      throw chars.wrong(
          repeated,
          possessive
              ? "RE2 syntax has no possessive repetition"
              : "repetition of a repetition without a group");
    }
    if (parts.isEmpty()) {
      throw chars.wrong(at, "nothing to repeat");
    }
    int last = parts.size() - 1;
    parts.set(last, new Syntax.Repeat(parts.get(last), times[0], times[1]));
    return true;
  }

  private int[] times() {
    return switch (chars.peek()) {
      case '*' -> star(0, -1);
      case '+' -> star(1, -1);
      case '?' -> star(0, 1);
      case '{' -> braces();
      default -> null;
    };
  }

  private int[] star(int min, int max) {
    chars.next();
    return new int[] {min, max};
  }

  /** {n}, {n,} or {n,m}; null, having read nothing, for a brace that means itself. */
  private int[] braces() {
    int at = chars.at;
    chars.next();
    int min = number();
    int max = min;
    if (min >= 0 && chars.take(',')) {
      max = chars.more() && chars.peek() == '}' ? -1 : number();
      min = max == NO_NUMBER ? max : min;
    }
    if (min == NO_NUMBER || !chars.take('}')) {
      chars.at = at;
      return null;
    }
    if (min > MAX_TIMES || max > MAX_TIMES || (max >= 0 && min > max)) {
      throw chars.wrong(at, "repetition " + chars.from(at) + " (0 to " + MAX_TIMES + ", rising)");
    }
    return new int[] {min, max};
  }

  private static final int NO_NUMBER = -2;

  private int number() {
    int at = chars.at;
    while (chars.more() && chars.peek() >= '0' && chars.peek() <= '9') {
      chars.next();
    }
    String digits = chars.from(at);
    if (digits.isEmpty() || (digits.length() > 1 && digits.charAt(0) == '0')) {
      return NO_NUMBER;
    }
    return digits.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private void group(List<Syntax> parts) {
    int at = chars.at - 1;
    boolean foldBefore = chars.fold;
    boolean multilineBefore = multiline;
    boolean dotAllBefore = dotAll;
    if (chars.take('?') && !named(at) && flags(at) == ')') {
      return; // flags for the rest of the group this is in
    }
    if (++depth > MAX_DEPTH) {
      throw chars.wrong(at, "too large: groups nested more than " + MAX_DEPTH + " deep");
    }
    parts.add(alternation());
    if (!chars.take(')')) {
      throw chars.wrong(at, "group without closing )");
    }
    depth--;
    chars.fold = foldBefore;
    multiline = multilineBefore;
    dotAll = dotAllBefore;
  }

  private boolean named(int at) {
    if (chars.looksAt("<=") || chars.looksAt("<!")) {
      throw chars.wrong(at, "RE2 syntax has no look-behind");
    }
    if (!chars.take("P<") && !chars.take("<")) {
      return false;
    }
    int end = chars.text.indexOf('>', chars.at);
    String name = end < 0 ? "" : chars.text.substring(chars.at, end);
    if (!name.matches("\\w+")) {
      throw chars.wrong(at, "group name (letters, digits and _, then >)");
    }
    if (!names.add(name)) {
      throw chars.wrong(at, "second group named " + name);
    }
    chars.at = end + 1;
    return true;
  }

  /** Flags up to the {@code :} or {@code )} that is answered. */
  private int flags(int at) {
    boolean on = true;
    boolean any = false;
    while (chars.more()) {
      int c = chars.next();
      if ((c == ':' || c == ')') && (on || any)) {
        return c;
      }
      if (c == '-' && on) {
        on = false;
        any = false;
      } else if ("imsU".indexOf(c) >= 0) {
        set(c, on);
        any = true;
      } else {
        throw chars.wrong(at, unknownGroup(c));
      }
    }
    throw chars.wrong(at, "group without closing )");
  }

  private static String unknownGroup(int c) {
    return switch (c) {
      case '=', '!' -> "RE2 syntax has no look-ahead";
      case '>' -> "RE2 syntax has no atomic group";
      case '#' -> "RE2 syntax has no comment";
      default -> "unknown kind of group (?...)";
    };
  }

  private void set(int flag, boolean on) {
    switch (flag) {
      case 'i' -> chars.fold = on;
      case 'm' -> multiline = on;
      case 's' -> dotAll = on;
      default -> {} // U: lazy first, no matter to whether there is a match
    }
  }
}
