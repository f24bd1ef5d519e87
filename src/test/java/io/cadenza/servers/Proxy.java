package io.cadenza.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands between a client and a server of this machine, and breaks connections when told to. */
public final class Proxy implements AutoCloseable {
  private final int target;
  private final ServerSocket socket;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private volatile boolean down;
  private volatile String loseAnswerTo;
  private volatile String cutBefore;
  private volatile int skip;

  /** One connection of a client and that to the server. */
  private record Pair(Socket client, Socket server, AtomicBoolean muted) {
    void close() {
      closeQuietly(client);
      closeQuietly(server);
    }
  }

  public Proxy(int target) {
    this.target = target;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** Breaks all connections; new ones are closed at once. */
  public void down() {
    down = true;
    pairs.forEach(Pair::close);
  }

  /** Passes on again. */
  public void up() {
    down = false;
  }

  /** Once: the server gets what has that text in it, and its answer is lost with the connection. */
  public void loseAnswerTo(String text, int after) {
    skip = after;
    loseAnswerTo = text;
  }

  /** Once: the connection breaks before the server gets what has that text in it. */
  public void cutBefore(String text, int after) {
    skip = after;
    cutBefore = text;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        begin(socket.accept());
      } catch (IOException closed) {
        continue;
      }
    }
  }

  private void begin(Socket client) {
    try {
      if (down) {
        client.close();
        return;
      }
      Pair pair = pair(client);
      pairs.add(pair);
      start(() -> pass(pair, true));
      start(() -> pass(pair, false));
    } catch (IOException refused) {
      closeQuietly(client);
    }
  }

  private Pair pair(Socket client) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
    return new Pair(client, server, new AtomicBoolean());
  }

  private void pass(Pair pair, boolean toServer) {
    byte[] bytes = new byte[64 << 10];
    try {
      InputStream in = (toServer ? pair.client : pair.server).getInputStream();
      OutputStream out = (toServer ? pair.server : pair.client).getOutputStream();
      for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
        String text = toServer ? new String(bytes, 0, n, ISO_8859_1) : "";
        if (is(text, cutBefore)) {
          cutBefore = null;
          break;
        }
        if (is(text, loseAnswerTo)) {
          loseAnswerTo = null;
          pair.muted.set(true);
        }
        if (!toServer && pair.muted.get()) {
          break;
        }
        out.write(bytes, 0, n);
      }
    } catch (IOException broken) {
      // The other side is told below.
    } finally {
      pair.close();
      pairs.remove(pair);
    }
  }

  private synchronized boolean is(String text, String wanted) {
    return wanted != null && text.contains(wanted) && skip-- == 0;
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      // So it is.
    }
  }

  @Override
  public void close() {
    closeQuietly(socket);
    pairs.forEach(Pair::close);
  }
}
