package io.cadenza.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates of a server on 127.0.0.1 and of a client, each signed by itself and trusted by the
 * other; made by the JDK's keytool for one test.
 */
final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final KeyStore store;

  private Certificates(Path folder, KeyStore store) {
    this.folder = folder;
    this.store = store;
  }

  static Certificates make(Path folder) throws Exception {
    for (String name : List.of("server", "client")) {
      keytool(folder, name);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("all.p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    Certificates made = new Certificates(folder, store);
    for (String name : List.of("server", "client")) {
      made.write(name);
    }
    return made;
  }

  private static void keytool(Path folder, String name) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
    command.addAll(List.of("-ext", "san=ip:127.0.0.1,dns:localhost"));
    command.addAll(List.of("-keystore", "all.p12", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + said);
    }
  }

  private void write(String name) throws GeneralSecurityException, IOException {
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : store.getCertificateChain(name)) {
      chain.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    Files.writeString(certificate(name), chain);
    Key key = store.getKey(name, PASSWORD.toCharArray());
    Files.writeString(key(name), pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /** Trusts the server, and shows nothing. */
  SSLContext client() throws GeneralSecurityException, IOException {
    return context(null);
  }

  SSLContext clientWithCertificate() throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    char[] password = PASSWORD.toCharArray();
    own.setKeyEntry(
        "client", store.getKey("client", password), password, store.getCertificateChain("client"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, password);
    return context(keys.getKeyManagers());
  }

  private SSLContext context(KeyManager[] keys) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate("server"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }
}
