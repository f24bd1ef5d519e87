package io.cadenza.servers;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process of a broker runs: formats its folder when it is new, then is the broker. */
final class KafkaProcess {
  private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";

  private KafkaProcess() {}

  public static void main(String[] args) throws Exception {
    Path properties = Path.of(args[0]);
    if (!Files.exists(properties.resolveSibling("data"))) {
      String[] format = {"format", "-t", CLUSTER, "-c", properties.toString()};
      Object code =
          Class.forName("kafka.tools.StorageTool")
              .getMethod("execute", String[].class, PrintStream.class)
              .invoke(null, format, System.out);
      if (!code.equals(0)) {
        throw new IllegalStateException("not formatted: " + code);
      }
    }
    String[] arguments = {properties.toString()};
    Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object) arguments);
  }
}
