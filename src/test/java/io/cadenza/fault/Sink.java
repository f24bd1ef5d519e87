package io.cadenza.fault;

import io.cadenza.scenario.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A destination with moods: it reads, reads slowly, reads nothing, hangs up, goes away and comes
 * back on its port. Whole lines that it has read are told to its reckoning at once.
 */
final class Sink implements AutoCloseable {
  /** The kernel holds little that is not read, so that it is known how much. */
  private static final int RECEIVE_BUFFER = 64 * 1024;

  private final int port = Ports.free();
  private final Reckoning reckoning;
  private final List<Reader> readers = new ArrayList<>();
  private ServerSocket server;
  private boolean paused;
  private volatile long bytesPerSecond = Long.MAX_VALUE;

  Sink(Reckoning reckoning) {
    this.reckoning = reckoning;
    comeBack();
  }

  int port() {
    return port;
  }

  Reckoning reckoning() {
    return reckoning;
  }

  /** Reads no more, on any connection; the peers see nothing of it. */
  synchronized void pause() {
    paused = true;
  }

  /** Reads again, as fast as it can. */
  synchronized void resume() {
    paused = false;
    bytesPerSecond = Long.MAX_VALUE;
    notifyAll();
  }

  /** Each connection is read at this rate from now on. */
  void slow(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Closes all connections as a process that ends does. */
  void hangUp() {
    end(false);
  }

  /** Closes all connections with RST: what is on its way is gone. */
  void reset() {
    end(true);
  }

  /** Listens no more: who calls is refused. */
  synchronized void goAway() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hangUp();
  }

  /** Listens again, on the same port. */
  synchronized void comeBack() {
    if (server != null && !server.isClosed()) {
      return;
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!bind()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("port " + port + " is taken");
      }
      LockSupport.parkNanos(1_000_000);
    }
    ServerSocket now = server;
    start(() -> accept(now), "sink-" + port);
  }

  private boolean bind() {
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.setReceiveBufferSize(RECEIVE_BUFFER);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
      return true;
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket from) {
    try {
      while (!from.isClosed()) {
        Reader reader = new Reader(from.accept());
        synchronized (readers) {
          readers.add(reader);
        }
        start(reader, "sink-" + port);
      }
    } catch (IOException closed) {
      // Gone away, or the test is over.
    }
  }

  private void end(boolean reset) {
    List<Reader> all;
    synchronized (readers) {
      all = List.copyOf(readers);
    }
    all.forEach(reader -> reader.end(reset));
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void awaitMood() throws InterruptedException {
    while (paused) {
      wait();
    }
  }

  @Override
  public void close() {
    resume();
    goAway();
  }

  private final class Reader implements Runnable {
    private final Socket socket;
    private final byte[] bytes = new byte[64 * 1024];
    private int kept;

    private Reader(Socket socket) {
      this.socket = socket;
    }

    @Override
    public void run() {
      try (socket) {
        InputStream in = socket.getInputStream();
        while (readOn(in)) {
          awaitMood();
        }
      } catch (IOException | InterruptedException broken) {
        // What came before counts.
      }
      synchronized (readers) {
        readers.remove(this);
      }
    }

    private boolean readOn(InputStream in) throws IOException {
      long rate = bytesPerSecond;
      boolean slow = rate != Long.MAX_VALUE;
      int most = slow ? (int) Math.max(1, Math.min(4096, rate / 50)) : bytes.length;
      int n = in.read(bytes, kept, Math.min(most, bytes.length - kept));
      if (n <= 0) {
        return false;
      }
      int size = kept + n;
      int rest = NumberedLines.read(bytes, size, reckoning);
      kept = size - rest;
      System.arraycopy(bytes, rest, bytes, 0, kept);
      if (slow) {
        LockSupport.parkNanos(n * 1_000_000_000L / rate);
      }
      return true;
    }

    private void end(boolean reset) {
      try {
        if (reset) {
          socket.setSoLinger(true, 0);
        }
        socket.close();
      } catch (IOException gone) {
        // That was the wish.
      }
    }
  }
}
