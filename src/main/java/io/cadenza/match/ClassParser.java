package io.cadenza.match;

import java.util.Map;

/** Reads what stands for one character: {@code [...]} and escapes. */
final class ClassParser {
  private static final CodePoints DIGIT = CodePoints.range('0', '9');
  private static final CodePoints SPACE = CodePoints.of('\t', '\n', '\f', '\r', ' ', ' ');
  private static final Map<String, CodePoints> POSIX =
      Map.ofEntries(
          Map.entry("alnum", CodePoints.of('0', '9', 'A', 'Z', 'a', 'z')),
          Map.entry("alpha", CodePoints.of('A', 'Z', 'a', 'z')),
          Map.entry("ascii", CodePoints.range(0, 0x7f)),
          Map.entry("blank", CodePoints.of('\t', '\t', ' ', ' ')),
          Map.entry("cntrl", CodePoints.of(0, 0x1f, 0x7f, 0x7f)),
          Map.entry("digit", DIGIT),
          Map.entry("graph", CodePoints.range('!', '~')),
          Map.entry("lower", CodePoints.range('a', 'z')),
          Map.entry("print", CodePoints.range(' ', '~')),
          Map.entry("punct", CodePoints.of('!', '/', ':', '@', '[', '`', '{', '~')),
          Map.entry("space", CodePoints.of('\t', '\r', ' ', ' ')),
          Map.entry("upper", CodePoints.range('A', 'Z')),
          Map.entry("word", CodePoints.WORD),
          Map.entry("xdigit", CodePoints.of('0', '9', 'A', 'F', 'a', 'f')));

  private final RegexChars chars;

  ClassParser(RegexChars chars) {
    this.chars = chars;
  }

  /** After the {@code [}. */
  CodePoints bracket() {
    int open = chars.at - 1;
    boolean negated = chars.take('^');
    CodePoints all = CodePoints.NONE;
    for (boolean first = true; first || !chars.take(']'); first = false) {
      if (!chars.more()) {
        throw chars.wrong(open, "character class without closing ]");
      }
      all = all.or(item(open));
    }
    return negated ? all.not() : all;
  }

  private CodePoints item(int open) {
    int end = chars.text.indexOf(":]", chars.at);
    if (end >= 0 && chars.looksAt("[:")) {
      return posix(end);
    }
    int at = chars.at;
    if (chars.take('\\')) {
      CodePoints named = named();
      if (named != null) {
        return named;
      }
      chars.at = at;
    }
    int first = member(open);
    int last = first;
    if (chars.looksAt("-") && !chars.looksAt("-]")) {
      chars.next();
      last = member(open);
    }
    if (last < first) {
      throw chars.wrong(at, "range " + chars.from(at) + " that does not rise");
    }
    return chars.range(first, last);
  }

  private int member(int open) {
    if (!chars.more()) {
      throw chars.wrong(open, "character class without closing ]");
    }
    return chars.take('\\') ? character() : chars.next();
  }

  private CodePoints posix(int end) {
    int at = chars.at;
    boolean negated = chars.take("[:^");
    int name = negated ? at + 3 : at + 2;
    CodePoints set = name < end ? POSIX.get(chars.text.substring(name, end)) : null;
    chars.at = end + 2;
    if (set == null) {
      throw chars.wrong(at, "unknown character class " + chars.from(at));
    }
    return signed(set, negated);
  }

  private CodePoints signed(CodePoints set, boolean negated) {
    CodePoints cased = chars.cased(set);
    return negated ? cased.not() : cased;
  }

  /** After a backslash outside of brackets. */
  CodePoints escape() {
    CodePoints named = named();
    return named != null ? named : chars.one(character());
  }

  /** A class with a letter, or null, having read nothing. */
  private CodePoints named() {
    int letter = chars.more() ? chars.next() : -1;
    switch (letter) {
      case 'd', 'D':
        return signed(DIGIT, letter == 'D');
      case 's', 'S':
        return signed(SPACE, letter == 'S');
      case 'w', 'W':
        return signed(CodePoints.WORD, letter == 'W');
      case 'p', 'P':
        return unicode();
      default:
        chars.at -= letter < 0 ? 0 : Character.charCount(letter);
        return null;
    }
  }

  /** Skips the name: RE2/J checks it when it compiles the whole. */
  private CodePoints unicode() {
    int at = chars.at - 2;
    if (chars.take('{')) {
      int end = chars.text.indexOf('}', chars.at);
      chars.at = end < 0 ? chars.text.length() : end;
    }
    if (!chars.more()) {
      throw chars.wrong(at, "Unicode class without a name");
    }
    chars.next();
    chars.foreign = true;
    return CodePoints.NONE;
  }

  /** One character written with a backslash, after that. */
  private int character() {
    int at = chars.at - 1;
    if (!chars.more()) {
      throw chars.wrong(at, "backslash at the end");
    }
    int c = chars.next();
    return switch (c) {
      case 'a' -> 7;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      case 'x' -> hexadecimal(at);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(at, c - '0');
      default -> punctuation(at, c);
    };
  }

  private int punctuation(int at, int c) {
    if (c < 0x80 && Character.isLetterOrDigit(c)) {
      boolean reference = c == '8' || c == '9' || c == 'k' || c == 'g';
      throw chars.wrong(
          at, reference ? "RE2 syntax has no back-reference" : "unknown escape " + chars.from(at));
    }
    return c;
  }

  private int octal(int at, int first) {
    if (first > 0 && !octalNext()) {
      throw chars.wrong(at, "RE2 syntax has no back-reference");
    }
    int value = first;
    for (int i = 0; i < 2 && octalNext(); i++) {
      value = value * 8 + chars.next() - '0';
    }
    return value;
  }

  private boolean octalNext() {
    return chars.more() && chars.peek() >= '0' && chars.peek() <= '7';
  }

  private int hexadecimal(int at) {
    boolean braces = chars.take('{');
    int start = chars.at;
    int end = braces ? chars.text.indexOf('}', start) : start + 2;
    int value = 0;
    boolean good = end > start && end <= chars.text.length();
    for (int i = start; good && i < end; i++) {
      int digit = Character.digit(chars.text.charAt(i), 16);
      value = value * 16 + digit;
      good = digit >= 0 && chars.text.charAt(i) < 0x80 && value <= CodePoints.MAX;
    }
    if (!good) {
      throw chars.wrong(at, "\\x without two hexadecimal digits or {1 to 10ffff}");
    }
    chars.at = braces ? end + 1 : end;
    return value;
  }
}
