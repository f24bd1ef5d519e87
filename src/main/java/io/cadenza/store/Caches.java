package io.cadenza.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The caches of the stores that run, by the name of the store. Which one has a name may change
 * while points are added, as one store takes the place of another: who adds asks anew each time.
 * Any thread.
 */
public final class Caches {
  private final Map<String, WriteCache> all = new ConcurrentHashMap<>();

  /** The cache in front of a store; nothing when there is no such store. */
  public Optional<WriteCache> of(String store) {
    return Optional.ofNullable(all.get(store));
  }

  /** From now on points of that store go there. */
  public void put(String store, WriteCache cache) {
    all.put(store, cache);
  }

  /** The store is no more, unless another one has its name by now. */
  public void remove(String store, WriteCache cache) {
    all.remove(store, cache);
  }
}
