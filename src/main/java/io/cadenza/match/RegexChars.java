package io.cadenza.match;

/** The characters of a regex being read, and what all its readers must know. */
final class RegexChars {
  final String text;
  int at;
  boolean fold; // (?i)
  boolean foreign; // something was read that only RE2/J can run

  RegexChars(String text) {
    this.text = text;
  }

  boolean more() {
    return at < text.length();
  }

  int peek() {
    return text.codePointAt(at);
  }

  int next() {
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  boolean take(char c) {
    boolean there = more() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  boolean looksAt(String s) {
    return text.startsWith(s, at);
  }

  boolean take(String s) {
    boolean there = looksAt(s);
    at += there ? s.length() : 0;
    return there;
  }

  String from(int start) {
    return text.substring(start, at);
  }

  /** The set of one code point, in both cases when they are alike. */
  CodePoints one(int c) {
    return range(c, c);
  }

  CodePoints range(int first, int last) {
    return cased(CodePoints.range(first, last));
  }

  /** With other cases when they are alike. Those beyond ASCII are left to RE2/J's tables. */
  CodePoints cased(CodePoints set) {
    if (!fold) {
      return set;
    }
    foreign |= !set.ascii();
    return set.folded();
  }

  PatternException wrong(int position, String problem) {
    return new PatternException(text, position, problem);
  }
}
