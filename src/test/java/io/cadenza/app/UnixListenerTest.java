package io.cadenza.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnixListenerTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("in.sock");
  }

  private ListeningRelay start() throws Exception {
    return ListeningRelay.with("in { url = \"unix://" + file + "\", permissions = \"0620\" }");
  }

  private void send(String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private ServerSocketChannel other() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return server.bind(UnixDomainSocketAddress.of(file));
  }

  @Test
  void takesLinesAndRemovesItsFile() throws Exception {
    try (ListeningRelay relay = start()) {
      send("a.b 1 10\nc.d 2 20");
      relay.awaitLines(2);
      assertThat(relay.sink.lines()).containsExactly("a.b 1 10", "c.d 2 20");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw--w----");
      relay.assertBalanced("in");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void replacesTheFileThatAProcessLeft() throws Exception {
    other().close();
    assertThat(file).exists();
    try (ListeningRelay relay = start()) {
      send("a.b 1 10\n");
      relay.awaitLines(1);
    }
  }

  @Test
  void leavesASocketOnWhichSomebodyAnswers() throws Exception {
    try (ServerSocketChannel other = other()) {
      assertThatThrownBy(this::start).hasMessageContaining("in use");
      assertThat(file).exists();
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void leavesAFileThatIsNoSocket() throws Exception {
    Files.writeString(file, "precious");
    assertThatThrownBy(this::start).hasMessageContaining("no socket");
    assertThat(file).hasContent("precious");
  }
}
