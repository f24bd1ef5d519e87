package io.cadenza.render;

import io.cadenza.render.function.Definition;
import io.cadenza.render.function.FunctionTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All functions that targets may call, for those who ask which there are. Any thread. */
public final class Functions {
  private static final List<FunctionInfo> ALL =
      FunctionTable.all().stream()
          .map(Definition::info)
          .sorted(Comparator.comparing(FunctionInfo::name))
          .toList();

  private Functions() {}

  /** All, by name; those with two names twice. */
  public static List<FunctionInfo> all() {
    return ALL;
  }

  /** The one of this name. */
  public static Optional<FunctionInfo> named(String name) {
    return ALL.stream().filter(info -> info.name().equals(name)).findFirst();
  }
}
