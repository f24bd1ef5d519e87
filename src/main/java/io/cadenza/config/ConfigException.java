package io.cadenza.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used. Its message lists every problem, one a line. */
public final class ConfigException extends RuntimeException {
  private final transient List<Problem> problems;

  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
