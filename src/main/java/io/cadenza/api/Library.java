package io.cadenza.api;

import java.util.List;

/**
 * What the read API reads: some stores. Asked anew for each request, by any thread, so that stores
 * may come and go.
 */
@FunctionalInterface
public interface Library {
  /** The stores, the first one of those named first in the configuration. */
  List<Holding> holdings();
}
