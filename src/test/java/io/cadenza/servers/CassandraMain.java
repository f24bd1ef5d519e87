package io.cadenza.servers;

import java.io.IOException;

/**
 * Runs Cassandra until whoever started it is gone: standard input ends then, however that went. In
 * the process of the server, without any other class of ours.
 */
public final class CassandraMain {
  private CassandraMain() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch = new Thread(CassandraMain::waitForEnd);
    watch.setDaemon(true);
    watch.start();
    Class.forName("org.apache.cassandra.service.CassandraDaemon")
        .getMethod("main", String[].class)
        .invoke(null, (Object) args);
  }

  private static void waitForEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    } catch (IOException gone) {
      // As above.
    }
    Runtime.getRuntime().halt(1);
  }
}
