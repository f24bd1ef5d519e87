package io.cadenza.render.target;

/** Reads a path: components with globs and lists in braces, with dots between them. */
final class PathReader {
  private static final int DEEPEST_BRACES = 16;

  private final TargetText text;
  private final StringBuilder path = new StringBuilder();

  PathReader(TargetText text) {
    this.text = text;
  }

  /** The path that begins here. */
  String path() {
    if (!component()) {
      throw text.expected("a path or a call of a function");
    }
    while (text.peek() == '.') {
      text.to(text.at() + 1);
      path.append('.');
      if (!component()) {
        throw text.expected("a component of the path after the dot");
      }
    }
    return path.toString();
  }

  private boolean component() {
    int start = path.length();
    while (part(0)) {
      // until it ends
    }
    return path.length() > start;
  }

  /** A character, or what is in braces. */
  private boolean part(int braces) {
    char c = text.peek();
    if (c == '{') {
      braces(braces + 1);
      return true;
    }
    if (c == '\\') {
      escaped();
      return true;
    }
    if (!TargetText.inPath(c)) {
      return false;
    }
    path.append(c);
    text.to(text.at() + 1);
    return true;
  }

  private void escaped() {
    char sign = text.charAt(text.at() + 1);
    if (!TargetText.isSign(sign) && sign != '=') {
      throw text.mistake(text.at(), "a backslash stands before one of (){},.'\"\\|= only");
    }
    path.append(sign);
    text.to(text.at() + 2);
  }

  private void braces(int depth) {
    int start = text.at();
    if (depth > DEEPEST_BRACES) {
      throw text.mistake(start, "more than " + DEEPEST_BRACES + " braces within each other");
    }
    path.append('{');
    text.to(start + 1);
    while (part(depth) || text.peek() == ',') {
      if (text.peek() == ',') {
        path.append(',');
        text.to(text.at() + 1);
      }
    }
    if (text.peek() != '}') {
      throw text.expected("'}'");
    }
    if (text.at() == start + 1) {
      throw text.mistake(text.at(), "expected a name in the braces");
    }
    path.append('}');
    text.to(text.at() + 1);
  }
}
