package io.cadenza.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A destination that keeps the lines it is sent. May be told to take nothing for a while. */
final class Sink implements AutoCloseable {
  private final ServerSocket server = new ServerSocket();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final CountDownLatch reads;

  private Sink(boolean reads) throws IOException {
    this(reads, 0);
  }

  private Sink(boolean reads, int port) throws IOException {
    this.reads = new CountDownLatch(reads ? 0 : 1);
    server.setReceiveBufferSize(8192);
    server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    start(this::accept);
  }

  static Sink reading() throws IOException {
    return new Sink(true);
  }

  /** One that reads, where somebody was told that it would be. */
  static Sink at(int port) throws IOException {
    return new Sink(true, port);
  }

  /** Takes connections, but reads nothing until {@link #read}. */
  static Sink stopped() throws IOException {
    return new Sink(false);
  }

  void read() {
    reads.countDown();
  }

  int port() {
    return server.getLocalPort();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  int count() {
    return lines.size();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "sink");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> take(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void take(Socket socket) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      reads.await();
      for (String line; (line = in.readLine()) != null; ) {
        lines.add(line);
      }
    } catch (IOException | InterruptedException closed) {
      // The test is over.
    }
  }

  @Override
  public void close() throws IOException {
    read();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
