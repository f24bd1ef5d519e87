package io.cadenza.match;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * One condition of a set.
 *
 * @param index its number in the set
 * @param syntax its tree, or null when only RE2/J can run it (Unicode classes, other cases of
 *     letters beyond ASCII)
 * @param pattern the same for RE2/J
 */
record Atom(int index, Syntax syntax, Pattern pattern) {

  static Atom literal(int index, boolean fromStart, String text, boolean toEnd) {
    List<Syntax> parts = new ArrayList<>();
    if (fromStart) {
      parts.add(new Syntax.Place(Assertion.BEGIN_TEXT));
    }
    text.codePoints().forEach(c -> parts.add(new Syntax.Chars(CodePoints.range(c, c))));
    if (toEnd) {
      parts.add(new Syntax.Place(Assertion.END_TEXT));
    }
    String regex = (fromStart ? "\\A" : "") + Pattern.quote(text) + (toEnd ? "\\z" : "");
    return new Atom(index, new Syntax.Cat(parts), Pattern.compile(regex));
  }
}
