package io.cadenza.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Senders of lines that are numbered by sender, so that what is lost, comes twice or overtakes can
 * be counted. Each goes to another connection when the relay tells it to (a FIN), and not before.
 */
final class NumberedLines implements AutoCloseable {
  private static final int PIECE = 20;

  private final int port;
  private final List<Sender> senders;
  private volatile boolean over;

  NumberedLines(int port, int senders) {
    this.port = port;
    this.senders = IntStream.range(0, senders).mapToObj(Sender::new).toList();
    this.senders.forEach(Thread::start);
  }

  /** Lines sent so far. */
  long sent() {
    return senders.stream().mapToLong(sender -> sender.sent.get()).sum();
  }

  /** How often a sender was told to go and went to another connection. */
  long moves() {
    return senders.stream().mapToLong(sender -> sender.moves.get()).sum();
  }

  /** How often a connection broke or could not be made. */
  long failures() {
    return senders.stream().mapToLong(sender -> sender.failures.get()).sum();
  }

  @Override
  public void close() {
    over = true;
    for (Sender sender : senders) {
      try {
        sender.join(20_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What became of all lines, told from what came where. */
  String fate(String... arrived) {
    Map<String, Long> times = new HashMap<>();
    long overtaken = 0;
    for (String text : arrived) {
      Map<String, Long> last = new HashMap<>();
      for (String line : text.split("\n")) {
        if (line.isEmpty()) {
          continue;
        }
        String[] words = line.split(" ");
        times.merge(words[0] + " " + words[1], 1L, Long::sum);
        long number = Long.parseLong(words[1]);
        overtaken += last.getOrDefault(words[0], -1L) > number ? 1 : 0;
        last.put(words[0], number);
      }
    }
    long twice = times.values().stream().mapToLong(n -> n - 1).sum();
    return "lost %d, duplicated %d, reordered %d"
        .formatted(sent() - times.size(), twice, overtaken);
  }

  private final class Sender extends Thread {
    private final String key;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong moves = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    private Sender(int index) {
      super("sender-" + index);
      this.key = "load.k" + index;
      setDaemon(true);
    }

    @Override
    public void run() {
      while (!over) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket.setSoTimeout(1);
          send(socket);
        } catch (IOException broken) {
          failures.incrementAndGet();
        }
      }
    }

    private void send(Socket socket) throws IOException {
      OutputStream out = socket.getOutputStream();
      while (!over) {
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < PIECE; i++) {
          piece.append(key).append(' ').append(sent.get() + i).append(" 1700000000\n");
        }
        out.write(piece.toString().getBytes(StandardCharsets.US_ASCII));
        sent.addAndGet(PIECE);
        if (toldToGo(socket.getInputStream())) {
          moves.incrementAndGet();
          return;
        }
      }
    }

    /** Waits a moment, too, so that the load is bounded. */
    private boolean toldToGo(InputStream in) throws IOException {
      try {
        return in.read() < 0;
      } catch (java.net.SocketTimeoutException nothing) {
        return false;
      }
    }
  }
}
