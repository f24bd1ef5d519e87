package io.cadenza.app;

import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import io.cadenza.store.Retention;
import io.cadenza.writer.WritingConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A store, as configured.
 *
 * @param driver its kind, by the word of {@link StoreKinds}
 * @param writing what all kinds have
 * @param own what its kind has
 */
record StoreConfig(String name, String driver, WritingConfig writing, Record own) {
  /** Reads all of {@code stores}, by name. */
  static Map<String, StoreConfig> read(Settings root) {
    Settings defaults = root.block("defaults");
    Map<String, StoreConfig> all = new LinkedHashMap<>();
    root.blocks("stores").forEach((name, s) -> all.put(name, read(name, s, defaults)));
    return all;
  }

  private static StoreConfig read(String name, Settings s, Settings defaults) {
    checkName(name, s);
    Settings whole = whole(s, defaults);
    String driver = whole.text("driver", StoreKinds.words());
    Settings own = s.withDefaults(defaults.block(driver));
    return new StoreConfig(
        name, driver, WritingConfig.read(whole), StoreKinds.of(driver).read(own));
  }

  /** The steps that it keeps for each key; empty where it rolls up the finest by itself. */
  List<Retention> steps() {
    return StoreKinds.of(driver).steps(own);
  }

  /** How far back it keeps points, at most. */
  Duration reach() {
    return StoreKinds.of(driver).reach(own);
  }

  /** A store's block over what holds for all. */
  static Settings whole(Settings s, Settings defaults) {
    return s.withDefaults(defaults.block("store"));
  }

  /** Its name is a host of a URL, too. */
  private static void checkName(String name, Settings s) {
    try {
      Url.parse("store://" + name, Url.NO_PORT);
    } catch (IllegalArgumentException wrong) {
      s.problem("", "the name of a store has letters, digits, _ and - only");
    }
  }
}
