package io.cadenza.hash;

import io.cadenza.line.Bytes;

/** carbon-c-relay's view of a key: the tags behind the first semicolon take no part. */
final class NameHash extends KeyHash {
  private final KeyHash hash;

  NameHash(KeyHash hash) {
    this.hash = hash;
  }

  @Override
  long position(byte[] bytes, int start, int end) {
    return hash.position(bytes, start, Bytes.nameEnd(bytes, start, end));
  }

  @Override
  long remembered() {
    return hash.remembered();
  }

  @Override
  long most() {
    return hash.most();
  }
}
