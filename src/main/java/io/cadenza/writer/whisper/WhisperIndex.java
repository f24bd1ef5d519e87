package io.cadenza.writer.whisper;

import io.cadenza.store.MetricIndex;
import java.util.List;
import java.util.function.Consumer;

/** The names of whisper files are those of the files; names with tags have a list beside them. */
final class WhisperIndex implements MetricIndex {
  private final WhisperParts parts;
  private final TaggedNames tagged;

  WhisperIndex(WhisperParts parts) {
    this.parts = parts;
    this.tagged = new TaggedNames(parts);
  }

  @Override
  public void load(Consumer<byte[]> each) throws DiskException {
    NameTree tree =
        new NameTree(
            parts.disk(),
            parts.now(),
            (folder, name, length) -> each.accept(key(folder, name, length)));
    tree.plain(parts.paths());
    tagged.load(each);
  }

  private static byte[] key(byte[] folder, byte[] name, int length) {
    byte[] key = new byte[folder.length + length];
    for (int i = 0; i < folder.length; i++) {
      key[i] = folder[i] == '/' ? (byte) '.' : folder[i];
    }
    System.arraycopy(name, 0, key, folder.length, length);
    return key;
  }

  @Override
  public void add(List<byte[]> keys) throws DiskException {
    tagged.add(keys);
  }

  @Override
  public void close() {
    // Nothing is open between two calls.
  }
}
