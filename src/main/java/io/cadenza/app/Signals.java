package io.cadenza.app;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. The JDK has them in {@code sun.misc.Signal} alone, which no
 * compiler likes to see named; where it is missing, or the JVM keeps a signal for itself, that is
 * answered, and no more.
 */
final class Signals {
  private Signals() {}

  /**
   * Has a task run, on a thread of its own, each time that the process is sent a signal.
   *
   * @param name without SIG: {@code HUP}
   * @return whether that is possible here
   */
  static boolean on(String name, Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object calls =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                switch (method.getName()) {
                  case "handle" -> task.run();
                  case "hashCode" -> {
                    return System.identityHashCode(proxy);
                  }
                  case "equals" -> {
                    return proxy == arguments[0];
                  }
                  default -> {
                    return name;
                  }
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), calls);
      return true;
    } catch (ReflectiveOperationException | RuntimeException missing) {
      return false;
    }
  }
}
