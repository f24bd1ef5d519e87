package io.cadenza.bus;

/** Where parcels go on the event bus. */
public final class Address {
  private Address() {}

  /** The router of one event loop. */
  public static String route(int loop) {
    return "route/" + loop;
  }

  /** One connection of a destination. */
  public static String output(String destination, int connection) {
    return "output/" + destination + "/" + connection;
  }

  /** One shard of an accumulator. */
  static String accumulator(String name, int generation, int shard) {
    return "accumulator/" + name + "/" + generation + "/" + shard;
  }

  /** Where the followers of a tap listen. */
  public static String tap(String name) {
    return "tap/" + name;
  }
}
