package io.cadenza.writer;

import io.cadenza.config.Configuration;
import io.cadenza.config.Settings;
import java.util.function.Function;

/** Reads a store's block as the relay does: laid over the defaults of its driver. */
public final class StoreConfigs {
  private StoreConfigs() {}

  /**
   * Reads the keys of a store's block.
   *
   * @throws io.cadenza.config.ConfigException with all that is wrong with it
   */
  public static <T> T read(String driver, String keys, Function<Settings, T> reader) {
    Settings root = Configuration.read("stores { x {\n" + keys + "\n} }", "test");
    Settings defaults = root.block("defaults").block(driver);
    T config = reader.apply(root.blocks("stores").get("x").withDefaults(defaults));
    root.problems().finish(root);
    return config;
  }
}
