package io.cadenza.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A connection to a shell that waits for what it expects. */
public final class ShellClient implements AutoCloseable {
  private static final int MOST_MILLIS = 20_000;

  final Socket socket;

  public ShellClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(MOST_MILLIS);
  }

  /** Sends a text as it is. */
  public void send(String text) throws IOException {
    send(text.getBytes(UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Reads as much text as the expected one is long. */
  public String read(String expected) throws IOException {
    return new String(socket.getInputStream().readNBytes(expected.getBytes(UTF_8).length), UTF_8);
  }

  /** Says that nothing more is said, and reads until the shell closes. */
  public String rest() throws IOException {
    socket.shutdownOutput();
    return toEnd();
  }

  /** Reads until the shell closes. */
  String toEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  /** What a new connection is answered to this, until the shell closes. */
  public static String ask(int port, String text) throws IOException {
    try (ShellClient client = new ShellClient(port)) {
      client.send(text);
      return client.rest();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
