package io.cadenza.match;

import com.google.re2j.Matcher;
import java.util.List;

/** What a match is replaced by: text and groups. Immutable. */
record Template(List<Piece> pieces) {

  void write(Matcher matcher, KeyText key, byte[] bytes, Output output) {
    for (Piece piece : pieces) {
      piece.write(matcher, key, bytes, output);
    }
  }

  /** Text or a group. */
  sealed interface Piece {
    void write(Matcher matcher, KeyText key, byte[] bytes, Output output);
  }

  /** Text as it is. */
  record Text(byte[] text) implements Piece {
    @Override
    public void write(Matcher matcher, KeyText key, byte[] bytes, Output output) {
      output.put(text, 0, text.length);
    }
  }

  /** What a group matched, changed by modifiers. */
  record Group(int group, boolean lower, boolean upper, boolean undotted) implements Piece {
    @Override
    public void write(Matcher matcher, KeyText key, byte[] bytes, Output output) {
      if (matcher.start(group) < 0) {
        return;
      }
      int at = output.put(bytes, key.offset(matcher.start(group)), key.offset(matcher.end(group)));
      for (int i = at; i >= 0 && i < output.length(); i++) {
        output.bytes()[i] = changed(output.bytes()[i]);
      }
    }

    private byte changed(byte b) {
      if (lower && b >= 'A' && b <= 'Z') {
        return (byte) (b + 32);
      }
      if (upper && b >= 'a' && b <= 'z') {
        return (byte) (b - 32);
      }
      return undotted && b == '.' ? (byte) '_' : b;
    }
  }
}
