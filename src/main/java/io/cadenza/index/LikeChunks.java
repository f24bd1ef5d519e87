package io.cadenza.index;

/**
 * Chunks that were seen last, so that branches with the same names in them have one together: most
 * hosts have the same metrics. Without it a million names in a million branches took twice the
 * memory. Belongs to the writer of a tree.
 */
final class LikeChunks {
  private static final int SLOTS = 4096;

  private final Chunk[] seen = new Chunk[SLOTS];

  /** The chunk, or one that is like it and was seen before. */
  Chunk shared(Chunk chunk) {
    if (!chunk.isShareable()) {
      return chunk;
    }
    int slot = chunk.contentHash() & SLOTS - 1;
    Chunk like = seen[slot];
    if (like != null && like.hasSameContent(chunk)) {
      return like;
    }
    seen[slot] = chunk;
    return chunk;
  }
}
