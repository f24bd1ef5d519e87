package io.cadenza.app;

import io.cadenza.config.Url;
import io.cadenza.line.LineRun;
import io.cadenza.spool.Piece;
import io.cadenza.spool.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;

/**
 * Sends what is in spools over one connection, and takes off what has arrived.
 *
 * <p>Bytes that were written to a socket may still be lost with it. So the read position stays back
 * by more than the system holds for the socket, and goes to the end when the peer has closed its
 * side too, or has taken all and stays silent.
 */
final class SpoolReplay {
  private static final int PIECE = 256 << 10;
  private static final int SEND_BUFFER = 64 << 10;
  private static final int BEHIND = 1 << 20;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 5_000;

  private final Url url;
  private long sent;

  /** A piece that was written and may not have arrived. */
  private record Written(long end, long behind, int lines) {}

  /**
   * @param url of tcp; null for standard output
   */
  SpoolReplay(Url url) {
    this.url = url;
  }

  /** Lines that have been sent and taken off. */
  long sent() {
    return sent;
  }

  void replay(Spool spool) throws IOException {
    if (url == null) {
      send(spool, new Output(System.out), 0);
      return;
    }
    try (Socket socket = new Socket()) {
      socket.setSendBufferSize(SEND_BUFFER);
      socket.connect(address(), CONNECT_MILLIS);
      ArrayDeque<Written> last = send(spool, socket.getOutputStream(), BEHIND);
      awaitEnd(socket);
      done(spool, last, Long.MAX_VALUE);
    }
  }

  private InetSocketAddress address() throws IOException {
    InetSocketAddress address = new InetSocketAddress(url.host(), url.port());
    if (address.isUnresolved()) {
      throw new IOException("there is no such host");
    }
    return address;
  }

  private ArrayDeque<Written> send(Spool spool, OutputStream out, int behind) throws IOException {
    ArrayDeque<Written> written = new ArrayDeque<>();
    long bytes = 0;
    for (Piece piece = spool.read(PIECE); piece != null; piece = spool.read(PIECE)) {
      for (LineRun run : piece.runs()) {
        out.write(run.bytes(), run.from(), run.size());
      }
      out.flush();
      bytes += piece.bytes();
      written.add(new Written(piece.end(), bytes, piece.lines()));
      done(spool, written, bytes - behind);
    }
    return written;
  }

  /** All that was written up to so many bytes has arrived. */
  private void done(Spool spool, ArrayDeque<Written> written, long arrived) throws IOException {
    while (!written.isEmpty() && written.peek().behind <= arrived) {
      Written piece = written.poll();
      spool.done(piece.end);
      sent += piece.lines;
    }
  }

  /** Says that nothing follows, and waits for the peer to say the same. */
  private static void awaitEnd(Socket socket) throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(ANSWER_MILLIS);
    InputStream in = socket.getInputStream();
    try {
      while (in.read() >= 0) {
        continue; // Nobody is interested in what it says.
      }
    } catch (SocketTimeoutException silent) {
      return;
    }
  }

  /** A stream of the process, which tells of errors only when it is asked. */
  private static final class Output extends OutputStream {
    private final PrintStream out;

    Output(PrintStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      if (out.checkError()) {
        throw new IOException("standard output is closed");
      }
    }
  }
}
