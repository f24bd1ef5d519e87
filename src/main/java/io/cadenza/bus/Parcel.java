package io.cadenza.bus;

import io.cadenza.line.Invalid;

/**
 * What goes over the event bus: a load, by reference, and the room that it takes on its way.
 *
 * <p>The sender has no use of the load any more; the receiver calls {@link #done()} once.
 *
 * @param <T> a frozen thing
 */
public final class Parcel<T> {
  private final T load;
  private final String into;
  private final Window window;
  private final long size;
  private final Receipt receipt;

  Parcel(T load, String into, Window window, long size, Receipt receipt) {
    this.load = load;
    this.into = into;
    this.window = window;
    this.size = size;
    this.receipt = receipt;
  }

  /** A parcel that takes no room and whose sender wants to know nothing. */
  public static <T> Parcel<T> of(T load, String into) {
    return new Parcel<>(load, into, new Window(Long.MAX_VALUE), 0, null);
  }

  public T load() {
    return load;
  }

  /** The name of what it is for at its destination: a pipeline. */
  public String into() {
    return into;
  }

  /** The bound that it takes room of: the same for all parcels of one sender's lane. */
  public Window window() {
    return window;
  }

  /** Tells a sender who wants to know that a line was refused. */
  public void refused(int line, Invalid why) {
    if (receipt != null) {
      receipt.refused(line, why);
    }
  }

  /** The load was dealt with: its room is free again. */
  public void done() {
    window.giveBack(size);
    if (receipt != null) {
      receipt.done();
    }
  }
}
