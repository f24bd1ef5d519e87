package io.cadenza.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that are free now, below those that a kernel gives to clients: nobody else gets one while
 * its owner is away for a moment, and nobody who calls it then is connected with himself.
 */
final class Ports {
  private Ports() {}

  static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(12_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (java.net.BindException taken) {
        continue;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
