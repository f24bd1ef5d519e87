package io.cadenza.listen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How many sockets share the address of one of ours, in whatever process, as Linux tells it in
 * {@code /proc/net}. Any thread; reads small files.
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
    return count(descriptor, "tcp", true);
  }

  /** Of a UDP socket. */
  static int udp(int descriptor) {
    return count(descriptor, "udp", false);
  }

  private static int count(int descriptor, String table, boolean listening) {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      String inode = link.replaceAll("\\D", "");
      for (String name : List.of(table, table + "6")) {
        List<String[]> rows = rows(Path.of("/proc/net", name), listening);
        for (String[] row : rows) {
          if (row[INODE].equals(inode)) {
            return (int) rows.stream().filter(r -> r[ADDRESS].equals(row[ADDRESS])).count();
          }
        }
      }
    } catch (IOException e) {
      return 0; // Not this system.
    }
    return 0;
  }

  private static List<String[]> rows(Path table, boolean listening) throws IOException {
    List<String[]> all = new ArrayList<>();
    if (Files.isReadable(table)) {
      for (String line : Files.readAllLines(table)) {
        String[] row = line.strip().split("\\s+");
        if (row.length > INODE && (!listening || row[STATE].equals(LISTENS))) {
          all.add(row);
        }
      }
    }
    return all;
  }
}
