package io.cadenza.output;

import io.cadenza.line.LineRun;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Datagrams of whole lines to one address. Whether anybody takes them there, nobody knows. Never
 * full: the output's bound on what is in flight is enough.
 */
final class DatagramWire implements Wire {
  private final DatagramSocket socket;
  private final String address;
  private final int port;
  private final int most;

  /**
   * @param most bytes of a datagram
   */
  DatagramWire(DatagramSocket socket, String address, int port, int most) {
    this.socket = socket;
    this.address = address;
    this.port = port;
    this.most = most;
    socket.exceptionHandler(e -> {}); // Told by the futures of the writes.
  }

  @Override
  public Future<Refused> write(List<LineRun> runs) {
    LineRun run = runs.get(0);
    if (runs.size() > 1) {
      byte[] all = LineEncoder.joined(runs);
      run = new LineRun(all, 0, all.length, 0);
    }
    Datagrams datagrams = new Datagrams(run.bytes(), run.from(), run.to(), most);
    List<Future<Integer>> sent = new ArrayList<>();
    for (Buffer next = datagrams.next(); next != null; next = datagrams.next()) {
      sent.add(send(next, datagrams.lines(), true));
    }
    int tooLong = datagrams.tooLong();
    return sent.isEmpty()
        ? Future.succeededFuture(Refused.tooLong(tooLong))
        : Future.join(sent).map(all -> Refused.tooLong(tooLong + sum(all.list())));
  }

  /** Answers how many lines were refused with the datagram. */
  private Future<Integer> send(Buffer datagram, int lines, boolean again) {
    return socket
        .send(datagram, port, address)
        .map(0)
        .recover(
            e -> {
              if (again && refused(e)) {
                return send(datagram, lines, false);
              }
              return tooLong(e) ? Future.succeededFuture(lines) : Future.failedFuture(e);
            });
  }

  /** The kernel tells of an earlier datagram that its host did not want, and sent nothing now. */
  private static boolean refused(Throwable e) {
    return text(e).contains("refused");
  }

  private static boolean tooLong(Throwable e) {
    return text(e).contains("too long");
  }

  private static String text(Throwable e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static int sum(List<Integer> lines) {
    return lines.stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public Future<Void> close() {
    return socket.close();
  }
}
