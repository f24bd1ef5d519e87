package io.cadenza.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** What a regex finds for what a template makes of it. */
record RegexChange(String regex, Pattern pattern, Template template, int max, Pattern not)
    implements Change {

  static RegexChange of(String regex, String to, int max, String not) {
    Pattern pattern = RegexParser.atom(0, regex).pattern();
    Template template = new TemplateParser(to, pattern).template();
    return new RegexChange(regex, pattern, template, max, Change.exemption(not));
  }

  @Override
  public int addTo(PatternSet.Builder conditions) {
    return conditions.regex(regex);
  }

  @Override
  public int apply(byte[] bytes, int from, int to, byte[] into) {
    KeyText key = KeyText.of(bytes, from, to);
    if (not != null && not.matcher(key.chars()).find()) {
      return Rewrite.UNCHANGED;
    }
    Output output = new Output(into);
    Matcher matcher = pattern.matcher(key.chars());
    int copied = from;
    for (int times = 0; times != max && matcher.find(); ) {
      if (key.insideCharacter(matcher.start())) {
        continue; // RE2/J steps over an empty match by a char, not by a code point
      }
      times++;
      output.put(bytes, copied, key.offset(matcher.start()));
      template.write(matcher, key, bytes, output);
      copied = key.offset(matcher.end());
    }
    output.put(bytes, copied, to);
    return output.answer(bytes, from, to);
  }
}
