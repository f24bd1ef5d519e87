package io.cadenza.listen;

/**
 * Decompresses one stream as it comes. To be closed: its state is outside the heap. One thread's.
 */
interface Decompressor extends AutoCloseable {
  /** What {@link #output} answers when the input can't be decompressed. */
  int BROKEN = -1;

  /** Gives more to decompress; what was not used of the last is forgotten. */
  void input(byte[] bytes, int from, int to);

  /**
   * Decompresses.
   *
   * @return how many bytes were written; 0 when it needs more input; or {@link #BROKEN}
   */
  int output(byte[] out, int from, int room);

  /** Whether the stream could end here. */
  boolean between();

  @Override
  void close();
}
