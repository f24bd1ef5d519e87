package io.cadenza.format;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a pickle has noted to name again. Indices come one after the other as a rule; those that do
 * not are kept apart, so that a claimed index costs no more than a small one.
 */
final class PickleMemo {
  private static final int MOST = 2_000_000;

  private Object[] dense = new Object[32];
  private int count;
  private final Map<Integer, Object> sparse = new HashMap<>();

  /** How many were noted: the index of the next without one of its own. */
  int size() {
    return count + sparse.size();
  }

  /** False when there is no room for more. */
  boolean put(int index, Object value) {
    if (index > count) {
      sparse.put(index, value);
      return sparse.size() <= MOST;
    }
    if (index < count) {
      dense[index] = value;
      return true;
    }
    if (!sparse.isEmpty()) {
      sparse.remove(index);
    }
    if (count == dense.length) {
      dense = Arrays.copyOf(dense, count * 2);
    }
    dense[count++] = value;
    return count <= MOST;
  }

  boolean has(int index) {
    return index < count || sparse.containsKey(index);
  }

  Object get(int index) {
    return index < count ? dense[index] : sparse.get(index);
  }
}
