package io.cadenza.listen;

import io.cadenza.format.JsonLines;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;

/** A stream of JSON: each line is a document of its own, an object or an array of them. */
final class JsonInflow extends ArrayInflow {
  private final int maxDocument;
  private final JsonLines reader;
  private final Document document;
  private final Tail tail = new Tail();

  JsonInflow(Intake intake, int maxDocument, JsonLines reader) {
    super(intake);
    this.maxDocument = maxDocument;
    this.reader = reader;
    this.document = new Document(intake);
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    intake.came(to - from);
    int at = from;
    for (int nl; (nl = Bytes.indexOf(bytes, at, to, (byte) '\n')) >= 0; at = nl + 1) {
      if (tail.skipping()) {
        tail.skip(false);
      } else if (tail.length() == 0) {
        read(bytes, at, nl);
      } else {
        tail.append(bytes, at, nl - at);
        end();
      }
    }
    keep(bytes, at, to);
  }

  private void keep(byte[] bytes, int from, int to) {
    if (tail.skipping() || from == to) {
      return;
    }
    if (tail.length() + to - from > maxDocument) {
      intake.refused(Invalid.TOO_LONG, bytes, from, to);
      tail.skip(true);
    } else {
      tail.append(bytes, from, to - from);
    }
  }

  private void read(byte[] bytes, int from, int to) {
    if (to - from > maxDocument) {
      intake.refused(Invalid.TOO_LONG, bytes, from, to);
    } else {
      reader.read(bytes, from, to, document.of(bytes, from, to));
    }
  }

  @Override
  public void end() {
    byte[] rest = tail.moveOut();
    tail.skip(false);
    read(rest, 0, rest.length);
  }

  @Override
  public void cutOff() {
    byte[] rest = tail.moveOut();
    tail.skip(false);
    if (rest.length > 0) {
      intake.refused(Invalid.CUT_OFF, rest, 0, rest.length);
    }
  }
}
