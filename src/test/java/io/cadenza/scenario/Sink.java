package io.cadenza.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A destination that keeps whatever is sent to it, connection after connection. */
final class Sink implements AutoCloseable {
  private volatile boolean keeps = true;
  private final ServerSocket server;
  private final Thread acceptor;
  private final List<Reader> readers = new ArrayList<>();

  Sink() throws IOException {
    this(0);
  }

  Sink(int port) throws IOException {
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    acceptor = new Thread(this::accept, "sink-" + server.getLocalPort());
    acceptor.setDaemon(true);
    acceptor.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Reader reader = new Reader(server.accept());
        synchronized (readers) {
          readers.add(reader);
        }
        reader.start();
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** How many whole lines have come. */
  long lines() {
    synchronized (readers) {
      return readers.stream().mapToLong(reader -> reader.lines.get()).sum();
    }
  }

  /** Counts from now on and keeps nothing: for floods. */
  Sink forgetting() {
    keeps = false;
    return this;
  }

  /** All that has come, one character a byte. */
  String text() {
    StringBuilder all = new StringBuilder();
    synchronized (readers) {
      readers.forEach(reader -> all.append(reader.text()));
    }
    return all.toString();
  }

  /** Waits until the senders have closed their connections. */
  void awaitEnd() throws InterruptedException {
    List<Reader> all;
    synchronized (readers) {
      all = List.copyOf(readers);
    }
    for (Reader reader : all) {
      reader.join(10_000);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private final class Reader extends Thread {
    private final Socket socket;
    private final AtomicLong lines = new AtomicLong();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Reader(Socket socket) {
      this.socket = socket;
      setDaemon(true);
    }

    @Override
    public void run() {
      byte[] piece = new byte[64 * 1024];
      try (InputStream in = socket.getInputStream()) {
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          if (keeps) {
            bytes.write(piece, 0, n);
          }
          count(piece, n);
        }
      } catch (IOException broken) {
        // What came before counts.
      }
    }

    private void count(byte[] piece, int n) {
      int more = 0;
      for (int i = 0; i < n; i++) {
        more += piece[i] == '\n' ? 1 : 0;
      }
      lines.addAndGet(more);
    }

    private String text() {
      return bytes.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
