package io.cadenza.app;

import io.cadenza.config.Settings;
import io.cadenza.route.RoutingTable;
import java.util.LinkedHashMap;
import java.util.Map;

final class AccumulatorReading {
  private AccumulatorReading() {}

  static Map<String, AccumulatorSpec> read(Settings root, RoutingTable table) {
    Map<String, AccumulatorSpec> all = new LinkedHashMap<>();
    return all;
  }
}
