package io.cadenza.index;

import java.util.List;
import java.util.TreeSet;

/** The first of some texts in order, up to a number, each once. */
final class First {
  private final TreeSet<String> texts = new TreeSet<>(TextOrder.CODE_POINTS);
  private final int most;

  First(int most) {
    this.most = most;
  }

  void add(String text) {
    if (texts.size() < most) {
      texts.add(text);
    } else if (most > 0 && TextOrder.CODE_POINTS.compare(text, texts.last()) < 0) {
      if (texts.add(text)) {
        texts.pollLast();
      }
    }
  }

  List<String> inOrder() {
    return List.copyOf(texts);
  }
}
