package io.cadenza.store;

import io.cadenza.config.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The list of retentions that a store's block has. */
public final class Retentions {
  private static final Retention HARMLESS = new Retention(60, 86_400);

  private Retentions() {}

  /**
   * Reads a list whose retentions can be those of one series; any problem is told.
   *
   * @return finest first; one at least, in any case
   */
  public static List<Retention> read(Settings s, String key) {
    List<String> texts = s.texts(key);
    List<Retention> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<Retention> one = Retention.parse(texts.get(i));
      one.ifPresent(all::add);
      if (one.isEmpty()) {
        s.problem(key + "[" + i + "]", "\"" + texts.get(i) + "\" " + Retention.WANTED);
      }
    }
    all.sort(Comparator.comparingInt(Retention::step));
    if (all.size() == texts.size()) {
      Retention.problem(all).ifPresent(text -> s.problem(key, text));
    }
    return all.isEmpty() ? List.of(HARMLESS) : List.copyOf(all);
  }

  /** The one that has a step; nothing when none has. */
  public static Optional<Retention> withStep(List<Retention> all, int step) {
    return all.stream().filter(one -> one.step() == step).findFirst();
  }
}
