package io.cadenza.route;

import java.util.List;

/**
 * Told what acts on a line, in the order it acts. For the {@code route} command; routers at work
 * have none.
 */
public interface Trace {
  /** Something acted: {@code block}, {@code rewrite}, {@code route}, {@code cluster}, … */
  void step(String what, String pipeline, String detail);

  /** A cluster chose destinations, as the configuration writes them, in the order of choice. */
  void sent(String cluster, List<String> destinations);

  /** An accumulator took the line, or what a rule made of it. */
  void taken();

  /** The line, or one way of it, ends here. */
  void dropped(String reason);
}
