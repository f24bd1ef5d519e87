package io.cadenza.match;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the template of a rewrite, or of a {@link KeyTemplate}. One instance reads one. */
final class TemplateParser {
  private static final String FUNCTION = "function";

  private final String text;
  private final Pattern pattern;
  private final boolean functions;
  private final List<Template.Piece> pieces = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();
  private int at;

  TemplateParser(String text, Pattern pattern) {
    this(text, pattern, false);
  }

  private TemplateParser(String text, Pattern pattern, boolean functions) {
    this.text = text;
    this.pattern = pattern;
    this.functions = functions;
  }

  /** Of a template in which <code>${function}</code> is {@link KeyTemplate#FUNCTION}. */
  static TemplateParser ofFunctions(String text, Pattern pattern) {
    if (pattern.namedGroups().containsKey(FUNCTION)) {
      throw new PatternException(
          pattern.pattern(), -1, "a group named function, which has a meaning; name it otherwise");
    }
    return new TemplateParser(text, pattern, true);
  }

  Template template() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '$' -> dollar(at - 1);
        case '\\' -> backslash(at - 1);
        default -> plain.append(c);
      }
    }
    endPlain();
    return new Template(List.copyOf(pieces));
  }

  private void endPlain() {
    if (!plain.isEmpty()) {
      pieces.add(new Template.Text(plain.toString().getBytes(StandardCharsets.UTF_8)));
      plain.setLength(0);
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean take(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void dollar(int start) {
    if (take('$')) {
      plain.append('$');
    } else if (take('{')) {
      braces(start, upTo(start, '}'));
    } else if (digit(peek())) {
      group(start, number(start), "");
    } else {
      int name = at;
      while (Character.isLetterOrDigit(peek()) || peek() == '_') {
        at++;
      }
      group(start, named(start, text.substring(name, at)), "");
    }
  }

  private void braces(int start, String name) {
    if (functions && name.equals(FUNCTION)) {
      plain.append((char) KeyTemplate.FUNCTION);
    } else {
      group(start, named(start, name), "");
    }
  }

  private void backslash(int start) {
    char c = peek();
    if (c == '\\' || c == '$') {
      plain.append(c);
      at++;
    } else if (text.startsWith("g{", at)) {
      at += 2;
      String modifiers = modifiers();
      group(start, named(start, upTo(start, '}')), modifiers);
    } else {
      String modifiers = modifiers();
      if (!digit(peek())) {
        throw wrong(start, "\\ without a group's number, \\ or $");
      }
      group(start, number(start), modifiers);
    }
  }

  private String modifiers() {
    int start = at;
    while (peek() != 0 && "_^.".indexOf(peek()) >= 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String upTo(int start, char end) {
    int close = text.indexOf(end, at);
    if (close < 0) {
      throw wrong(start, "{ without }");
    }
    String inside = text.substring(at, close);
    at = close + 1;
    return inside;
  }

  /** As many digits as make the number of a group, at least one. */
  private int number(int start) {
    int number = text.charAt(at++) - '0';
    while (digit(peek()) && number * 10 + peek() - '0' <= pattern.groupCount()) {
      number = number * 10 + text.charAt(at++) - '0';
    }
    return existing(start, number);
  }

  private int named(int start, String name) {
    if (name.isEmpty()) {
      throw wrong(start, "$ without a group's number or name (write $$ for a dollar)");
    }
    if (name.length() < 9 && name.chars().allMatch(c -> digit((char) c))) {
      return existing(start, Integer.parseInt(name));
    }
    Integer group = pattern.namedGroups().get(name);
    if (group == null) {
      throw wrong(start, "unknown group " + name + " of " + pattern);
    }
    return group;
  }

  private int existing(int start, int number) {
    if (number > pattern.groupCount()) {
      String has = pattern.groupCount() == 1 ? "1 group" : pattern.groupCount() + " groups";
      throw wrong(start, "unknown group " + number + " (" + pattern + " has " + has + ")");
    }
    return number;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private void group(int start, int group, String modifiers) {
    boolean lower = modifiers.indexOf('_') >= 0;
    boolean upper = modifiers.indexOf('^') >= 0;
    if (lower && upper) {
      throw wrong(start, "both lower and upper case");
    }
    endPlain();
    pieces.add(new Template.Group(group, lower, upper, modifiers.indexOf('.') >= 0));
  }

  private PatternException wrong(int position, String problem) {
    return new PatternException(text, position, problem);
  }
}
