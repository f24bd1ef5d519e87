package io.cadenza.app;

import io.cadenza.api.Metadata;
import io.cadenza.store.Aggregate;
import io.cadenza.store.SeriesMethods;
import io.cadenza.store.Store;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What carbon calls the metadata of series, of one store. */
record StoreMetadata(Store store) implements Metadata {
  private static final String METHOD = "aggregationMethod";

  @Override
  public String get(String key, String what) throws IOException {
    return methods(what).method(key).word();
  }

  @Override
  public String set(String key, String what, String value) throws IOException {
    Aggregate wanted =
        Arrays.stream(Aggregate.values())
            .filter(known -> known.word().equals(value))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such method; known: " + known()));
    return methods(what).method(key, wanted).word();
  }

  private SeriesMethods methods(String what) {
    if (!what.equals(METHOD)) {
      throw new IllegalArgumentException("there is no metadata but " + METHOD);
    }
    return store
        .methods()
        .orElseThrow(() -> new IllegalArgumentException("the store keeps no metadata"));
  }

  private static String known() {
    return Arrays.stream(Aggregate.values()).map(Aggregate::word).collect(Collectors.joining(", "));
  }
}
