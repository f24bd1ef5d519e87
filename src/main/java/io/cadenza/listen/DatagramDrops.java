package io.cadenza.listen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How many datagrams the kernel dropped for want of room, as Linux tells it: the last column of
 * {@code /proc/net/udp} and {@code udp6}. Any thread; reads small files.
 */
final class DatagramDrops {
  private static final int LOCAL_ADDRESS = 1;
  private static final int HEX = 16;

  private final int port;
  private final List<Path> tables;

  DatagramDrops(int port) {
    this(port, List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6")));
  }

  /** For tests: with tables of their own. */
  DatagramDrops(int port, List<Path> tables) {
    this.port = port;
    this.tables = tables;
  }

  /** Whether this system tells it. */
  boolean told() {
    return tables.stream().anyMatch(Files::isReadable);
  }

  /** Of all open sockets on the port together; 0 where nothing is told. */
  long sum() {
    long sum = 0;
    for (Path table : tables) {
      try {
        for (String row : Files.readAllLines(table)) {
          sum += drops(row.strip().split("\\s+"));
        }
      } catch (IOException e) {
        continue; // Not this system, or no IPv6.
      }
    }
    return sum;
  }

  private long drops(String[] columns) {
    String local = columns.length > LOCAL_ADDRESS ? columns[LOCAL_ADDRESS] : "";
    int colon = local.lastIndexOf(':');
    try {
      boolean ours = colon > 0 && Integer.parseInt(local.substring(colon + 1), HEX) == port;
      return ours ? Long.parseLong(columns[columns.length - 1]) : 0;
    } catch (NumberFormatException e) {
      return 0; // The heading.
    }
  }
}
