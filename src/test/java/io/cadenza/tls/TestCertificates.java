package io.cadenza.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority made for a test, and certificates that it signs, as PEM files in a folder. */
public final class TestCertificates {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String AUTHORITY = "authority";

  private final Path folder;
  private final Path store;

  /** Makes the authority, with the keytool of the JDK. */
  public TestCertificates(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("store.p12");
    make(AUTHORITY, "-ext", "bc:c");
    write("ca.pem", pem("CERTIFICATE", encoded(AUTHORITY)));
  }

  /** The certificate of the authority. */
  public Path ca() {
    return folder.resolve("ca.pem");
  }

  /**
   * Makes a signed certificate with its key.
   *
   * @param san for whom: {@code dns:localhost}, {@code ip:127.0.0.1}
   */
  public Pair sign(String name, String san) {
    make(name, "-signer", AUTHORITY, "-ext", "san=" + san);
    return new Pair(
        write(name + ".pem", pem("CERTIFICATE", encoded(name))),
        write(name + ".key", pem("PRIVATE KEY", privateKey(name))));
  }

  /** A certificate and its key. */
  public record Pair(Path certificate, Path key) {}

  private void make(String alias, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-validity", "30"));
    command.addAll(List.of("-dname", "CN=" + alias, "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", new String(PASSWORD)));
    command.addAll(List.of(more));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private byte[] encoded(String alias) {
    try {
      Certificate certificate = keys().getCertificate(alias);
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] privateKey(String alias) {
    try {
      return keys().getKey(alias, PASSWORD).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore keys() throws GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return keys;
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
