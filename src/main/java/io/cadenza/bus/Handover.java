package io.cadenza.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** The codec that hands a parcel over by reference. It never goes over a wire. */
public final class Handover implements MessageCodec<Parcel<?>, Parcel<?>> {
  static final String NAME = "parcel";

  private Handover() {}

  /** Makes parcels known to an event bus; once for each. */
  public static void register(EventBus bus) {
    bus.registerCodec(new Handover());
  }

  @Override
  public void encodeToWire(Buffer buffer, Parcel<?> parcel) {
    throw new IllegalStateException("a parcel stays in its process");
  }

  @Override
  public Parcel<?> decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("a parcel stays in its process");
  }

  @Override
  public Parcel<?> transform(Parcel<?> parcel) {
    return parcel;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
