package io.cadenza.app;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Timgroup's statsd client. Its classes have the names of Datadog's, which is made from it, so they
 * have a class loader of their own; the build puts the jar beside the class path.
 */
final class OtherStatsdClient implements AutoCloseable {
  private static final Path JAR = Path.of("target", "clients", "java-statsd-client.jar");

  /** What the client can be told to send. */
  enum Call {
    COUNT("count", long.class),
    TIME("recordExecutionTime", long.class),
    GAUGE("recordGaugeValue", long.class),
    GAUGE_DELTA("recordGaugeDelta", long.class),
    SET("recordSetEvent", String.class);

    private final String method;
    private final Class<?> value;

    Call(String method, Class<?> value) {
      this.method = method;
      this.value = value;
    }
  }

  private final URLClassLoader loader;
  private final Object client;

  OtherStatsdClient(String prefix, int port) throws Exception {
    loader = new URLClassLoader(new URL[] {jar()}, ClassLoader.getPlatformClassLoader());
    client =
        loader
            .loadClass("com.timgroup.statsd.NonBlockingStatsDClient")
            .getConstructor(String.class, String.class, int.class)
            .newInstance(prefix, "127.0.0.1", port);
  }

  private static URL jar() throws MalformedURLException {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(JAR + " is not there: mvn process-test-resources copies it");
    }
    return JAR.toUri().toURL();
  }

  /**
   * @param value a whole number, or the member of a set
   */
  void send(Call call, String key, Object value) throws ReflectiveOperationException {
    Method method = client.getClass().getMethod(call.method, String.class, call.value);
    Object given = value instanceof Integer number ? Long.valueOf(number) : value;
    method.invoke(client, key, given);
  }

  /** What was to be sent has been sent afterwards. */
  @Override
  public void close() throws IOException, ReflectiveOperationException {
    client.getClass().getMethod("stop").invoke(client);
    loader.close();
  }
}
