package io.cadenza.fault;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** How a sender's lines get to a listener; one connection. */
abstract class Way implements Closeable {
  /** Makes a connection. */
  interface Opener {
    Way open(int keys) throws IOException;
  }

  /** The kernel holds little of what is not taken, so that senders soon feel it. */
  private static final int SEND_BUFFER = 32 * 1024;

  /** Whole lines in each datagram of less than 1400 bytes, when a batch has a multiple of it. */
  static final int LINES_A_DATAGRAM = 25;

  static Opener tcp(int port) {
    return keys -> new Stream(connect(address(port)), keys);
  }

  static Opener unix(Path path) {
    return keys -> new Stream(connect(UnixDomainSocketAddress.of(path)), keys);
  }

  static Opener pickle(int port) {
    return keys -> new Pickle(connect(address(port)), keys);
  }

  /** A POST a batch, which counts as sent when it was answered with 2xx. */
  static Opener http(int port) {
    return keys -> new Http(connect(address(port)), keys);
  }

  static Opener udp(int port) {
    return keys -> new Datagrams(DatagramChannel.open().connect(address(port)), keys);
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static SocketChannel connect(SocketAddress address) throws IOException {
    if (address instanceof UnixDomainSocketAddress) {
      return SocketChannel.open(address);
    }
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(java.net.StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
      channel.connect(address);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Sends lines of a connection, or fails without knowledge of how many were taken. */
  abstract void send(int connection, long from, int lines) throws IOException;

  /** Whether the peer has hung up; what it says otherwise is passed over. */
  boolean hungUp() throws IOException {
    return false;
  }

  private static class Stream extends Way {
    final SocketChannel channel;
    final NumberedLines lines;
    private final ByteBuffer told = ByteBuffer.allocate(256);

    Stream(SocketChannel channel, int keys) {
      this.channel = channel;
      this.lines = new NumberedLines(keys);
    }

    @Override
    void send(int connection, long from, int count) throws IOException {
      lines.of(connection, from, count);
      write(ByteBuffer.wrap(lines.bytes(), 0, lines.size()));
    }

    void write(ByteBuffer data) throws IOException {
      while (data.hasRemaining()) {
        channel.write(data);
      }
    }

    @Override
    boolean hungUp() throws IOException {
      channel.configureBlocking(false);
      try {
        return channel.read(told.clear()) < 0;
      } finally {
        channel.configureBlocking(true);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** As carbon's clients do it: a list of (key, (time, value)), with its length in front. */
  private static final class Pickle extends Stream {
    private static final int TIME = 1_700_000_000;

    Pickle(SocketChannel channel, int keys) {
      super(channel, keys);
    }

    @Override
    void send(int connection, long from, int count) throws IOException {
      lines.of(connection, from, count);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.write(new byte[] {(byte) 0x80, 2, ']', '('});
      String text = new String(lines.bytes(), 0, lines.size(), StandardCharsets.US_ASCII);
      text.lines().forEach(line -> point(body, line.split(" ")));
      body.write(new byte[] {'e', '.'});
      ByteBuffer frame = ByteBuffer.allocate(4 + body.size());
      write(frame.putInt(body.size()).put(body.toByteArray()).flip());
    }

    private static void point(ByteArrayOutputStream body, String[] line) {
      body.write('U');
      body.write(line[0].length());
      body.writeBytes(line[0].getBytes(StandardCharsets.US_ASCII));
      integer(body, TIME);
      integer(body, Integer.parseInt(line[1]));
      body.write(0x86);
      body.write(0x86);
    }

    private static void integer(ByteArrayOutputStream body, int n) {
      body.write('J');
      for (int shift = 0; shift < 32; shift += 8) {
        body.write(n >> shift);
      }
    }
  }

  private static final class Http extends Stream {
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
    private boolean last;

    Http(SocketChannel channel, int keys) {
      super(channel, keys);
    }

    @Override
    void send(int connection, long from, int count) throws IOException {
      lines.of(connection, from, count);
      String head =
          "POST / HTTP/1.1\r\nHost: relay\r\nContent-Length: " + lines.size() + "\r\n\r\n";
      write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      write(ByteBuffer.wrap(lines.bytes(), 0, lines.size()));
      String answer = answer();
      if (!answer.startsWith("HTTP/1.1 2")) {
        throw new IOException(answer);
      }
      last = answer.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
    }

    private String answer() throws IOException {
      in.clear();
      while (true) {
        String text = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
        int end = text.indexOf("\r\n\r\n");
        if (end > 0 && in.position() >= end + 4 + length(text)) {
          return text;
        }
        if (channel.read(in) < 0) {
          throw new EOFException("no answer");
        }
      }
    }

    private static int length(String answer) {
      String lower = answer.toLowerCase(Locale.ROOT);
      int at = lower.indexOf("content-length:");
      return at < 0
          ? 0
          : Integer.parseInt(lower.substring(at + 15, lower.indexOf('\r', at)).trim());
    }

    @Override
    boolean hungUp() throws IOException {
      return last || super.hungUp();
    }
  }

  private static final class Datagrams extends Way {
    private final DatagramChannel channel;
    private final NumberedLines lines;

    Datagrams(DatagramChannel channel, int keys) {
      this.channel = channel;
      this.lines = new NumberedLines(keys);
    }

    @Override
    void send(int connection, long from, int count) throws IOException {
      for (int done = 0; done < count; done += LINES_A_DATAGRAM) {
        lines.of(connection, from + done, Math.min(LINES_A_DATAGRAM, count - done));
        channel.write(ByteBuffer.wrap(lines.bytes(), 0, lines.size()));
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
