package io.cadenza.hash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads recorded answers, and the few ways in which they write nodes. */
final class Vectors {
  private Vectors() {}

  /** The rows of a file, split at tabs, without its heading. */
  static List<String[]> rows(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/hash/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String[]> rows = new ArrayList<>();
      for (String line : text.split("\n")) {
        if (!line.startsWith("#")) {
          rows.add(line.split("\t", -1));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new IllegalStateException(file, e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** {@code host:port} or {@code [v6]:port}, the port being 2003 where it is missing. */
  static Node node(String address, String instance) {
    int bracket = address.indexOf(']');
    int colon = address.indexOf(':', Math.max(bracket, 0));
    String host = colon < 0 ? address : address.substring(0, colon);
    int port = colon < 0 ? 2003 : Integer.parseInt(address.substring(colon + 1));
    return new Node(host, port, instance, null, "tcp://" + host + ":" + port);
  }

  static Node named(String host, String instance) {
    return new Node(host, 2003, instance, null, "tcp://" + host + ":2003");
  }

  static Node labelled(String url, String hashKey) {
    return new Node("h", 1, null, hashKey, url);
  }

  static int first(HashRing ring, String key) {
    byte[] bytes = bytes(key);
    return ring.first(bytes, 0, bytes.length);
  }

  /** The indices that {@link HashRing#replicas} answers. */
  static List<Integer> replicas(HashRing ring, String key) {
    byte[] bytes = bytes(key);
    int[] into = new int[16];
    int count = ring.replicas(bytes, 0, bytes.length, into);
    return IntStream.range(0, count).mapToObj(i -> into[i]).toList();
  }

  static long position(HashKind kind, String key) {
    return kind.forKeys(1024).position(key);
  }
}
