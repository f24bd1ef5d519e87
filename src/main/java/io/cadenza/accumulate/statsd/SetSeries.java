package io.cadenza.accumulate.statsd;

/** Different texts. */
final class SetSeries extends Series {
  final Members members = new Members();

  SetSeries(byte[] key, int nameLength, int tagsAt, int hash) {
    super(key, nameLength, tagsAt, SeriesKind.SET, hash);
  }

  @Override
  int lookAt() {
    return members.lookAt();
  }

  @Override
  void reset() {
    members.clear();
  }

  @Override
  void release() {
    members.clear();
  }
}
