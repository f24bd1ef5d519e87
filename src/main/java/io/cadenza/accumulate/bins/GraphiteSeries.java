package io.cadenza.accumulate.bins;

/** The bins of one key of a graphite accumulator. */
final class GraphiteSeries extends Known {
  final Function function;
  final BinList<Bin> bins = new BinList<>();

  /** The bin that got the last value, if it is still open; null if not. */
  Bin recent;

  /** One that was flushed, to be used again; null if there is none. */
  Bin spare;

  /** The flush in which a bin of it went off. */
  int flushed;

  /** It is forgotten; a spelling may still point here. */
  boolean gone;

  GraphiteSeries(byte[] key, int hash, Function function) {
    super(key, hash);
    this.function = function;
    this.series = this;
  }

  /** How many bins have taken room for themselves: the first has that of the key. */
  int extraBins() {
    return Math.max(0, bins.count() - 1);
  }
}
