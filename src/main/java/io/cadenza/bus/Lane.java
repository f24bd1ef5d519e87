package io.cadenza.bus;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;

/**
 * The sending end of a hand-over: an address and a bound. Belongs to the thread of one verticle.
 *
 * @param <T> what is sent
 */
public final class Lane<T> {
  private static final DeliveryOptions BY_REFERENCE =
      new DeliveryOptions().setLocalOnly(true).setCodecName(Handover.NAME);

  private final EventBus bus;
  private final String address;
  private final Window window;

  public Lane(EventBus bus, String address, Window window) {
    this.bus = bus;
    this.address = address;
    this.window = window;
  }

  /** The bound of this lane, shared by all who send on it. */
  public Window window() {
    return window;
  }

  /**
   * Sends a load.
   *
   * @param size in the unit of the window
   * @return false when the bound is reached: send no more until there is room
   */
  public boolean send(T load, String into, long size) {
    return send(load, into, size, null);
  }

  /** Sends a load whose sender wants to be told what becomes of it. */
  public boolean send(T load, String into, long size, Receipt receipt) {
    boolean room = window.take(size);
    bus.send(address, new Parcel<>(load, into, window, size, receipt), BY_REFERENCE);
    return room;
  }
}
