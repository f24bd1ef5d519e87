package io.cadenza.listen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many sockets share the address of one of ours, in whatever process, as Linux tells it in
 * {@code /proc/net}. Any thread; reads files that have a line for each connection there is.
 */
final class Sharers {
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENS = "0A";

  private Sharers() {}

  /**
   * Of a listening TCP socket, this one included; 0 where nothing is told.
   *
   * @param descriptor of the socket
   */
  static int tcp(int descriptor) {
    try {
      return count(descriptor);
    } catch (IOException e) {
      return 0; // Not this system.
    }
  }

  private static int count(int descriptor) throws IOException {
    String link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    String inode = link.substring(link.indexOf('[') + 1, link.length() - 1);
    for (String table : List.of("tcp", "tcp6")) {
      List<String[]> rows = rows(Path.of("/proc/net", table));
      for (String[] row : rows) {
        if (row[INODE].equals(inode)) {
          return (int) rows.stream().filter(other -> other[ADDRESS].equals(row[ADDRESS])).count();
        }
      }
    }
    return 0;
  }

  private static List<String[]> rows(Path table) throws IOException {
    if (!Files.isReadable(table)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(row -> row.length > INODE && row[STATE].equals(LISTENS))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
