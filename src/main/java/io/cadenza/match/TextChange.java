package io.cadenza.match;

import com.google.re2j.Pattern;
import io.cadenza.line.Bytes;
import java.nio.charset.StandardCharsets;

/** Plain text for plain text. */
record TextChange(String text, byte[] old, byte[] to, int max, Pattern not) implements Change {

  static TextChange of(String old, String to, int max, String not) {
    if (old.isEmpty()) {
      throw new PatternException(old, -1, "there is no text to replace");
    }
    return new TextChange(old, utf8(old), utf8(to), max, Change.exemption(not));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int addTo(PatternSet.Builder conditions) {
    return conditions.substring(text);
  }

  @Override
  public int apply(byte[] bytes, int from, int end, byte[] into) {
    int found = find(bytes, from, end);
    if (found < 0 || (not != null && not.matcher(KeyText.of(bytes, from, end).chars()).find())) {
      return Rewrite.UNCHANGED;
    }
    Output output = new Output(into);
    int copied = from;
    for (int times = 0; times != max && found >= 0; times++) {
      output.put(bytes, copied, found);
      output.put(to, 0, to.length);
      copied = found + old.length;
      found = find(bytes, copied, end);
    }
    output.put(bytes, copied, end);
    return output.answer(bytes, from, end);
  }

  private int find(byte[] bytes, int from, int end) {
    int last = end - old.length + 1;
    int at = from;
    while (at < last) {
      at = Bytes.indexOf(bytes, at, last, old[0]);
      if (at < 0 || Bytes.startsWith(bytes, at, end, old)) {
        return at;
      }
      at++;
    }
    return -1;
  }
}
