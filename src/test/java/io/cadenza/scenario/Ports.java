package io.cadenza.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that are free now, for tcp and udp and on all addresses, below those that a kernel gives to
 * clients: nobody else gets one while its owner is away for a moment, and nobody who calls it then
 * is connected with himself.
 */
public final class Ports {
  private Ports() {}

  /** One that nobody has. */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(12_000, 30_000);
      try (ServerSocket tcp = new ServerSocket(port);
          DatagramSocket udp = new DatagramSocket(tcp.getLocalPort())) {
        return udp.getLocalPort();
      } catch (BindException taken) {
        continue;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
