package io.cadenza.bus;

/** Parcels that no bus has carried, for tests of those who receive them. */
public final class Parcels {
  private Parcels() {}

  /** A parcel that takes room in a window, as a lane would have sent it. */
  public static <T> Parcel<T> of(T load, String into, Window window, long size, Receipt receipt) {
    window.take(size);
    return new Parcel<>(load, into, window, size, receipt);
  }

  public static <T> Parcel<T> of(T load, String into) {
    return of(load, into, new Window(Long.MAX_VALUE), 1, null);
  }
}
