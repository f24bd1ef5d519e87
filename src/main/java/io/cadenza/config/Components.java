package io.cadenza.config;

import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** The components of records that hold a configuration, as the file has them. Any thread. */
public final class Components {
  private Components() {}

  /** What a record has as a component. */
  public static Object value(RecordComponent component, Record of) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e); // A record's accessor throws nothing.
    }
  }

  /** The key for the name of a component: {@code max-keys} for {@code maxKeys}. */
  public static String key(String component) {
    return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
