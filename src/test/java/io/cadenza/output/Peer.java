package io.cadenza.output;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Who is at the other end of the connections, and behaves as the test wants. */
final class Peer implements AutoCloseable {
  /** What is done with a connection that was accepted; it is closed afterwards. */
  interface Behaviour {
    void with(Socket socket, int number, Peer peer) throws IOException;
  }

  private final List<String> lines = new ArrayList<>();
  final AtomicInteger accepted = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ServerSocket server;

  private Peer(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    start(() -> accept(behaviour));
  }

  static Peer that(Behaviour behaviour) {
    try {
      return new Peer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Peer at(int port, Behaviour behaviour) {
    try {
      ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      return new Peer(server, behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all lines. */
  static void readAll(Socket socket, int number, Peer peer) throws IOException {
    peer.read(socket, Integer.MAX_VALUE);
  }

  /** The lines that were read so far. */
  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return "tcp://127.0.0.1:" + port();
  }

  /** Reads so many lines, or up to the end. */
  void read(Socket socket, int most) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int n = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b != '\n') {
        line.write(b);
        continue;
      }
      synchronized (lines) {
        lines.add(line.toString(StandardCharsets.UTF_8));
      }
      line.reset();
      if (++n == most) {
        return;
      }
    }
  }

  private void accept(Behaviour behaviour) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        int number = accepted.getAndIncrement();
        start(() -> serve(behaviour, socket, number));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Behaviour behaviour, Socket socket, int number) {
    try (socket) {
      behaviour.with(socket, number, this);
    } catch (IOException gone) {
      // The other end went first.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "peer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
