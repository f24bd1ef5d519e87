package io.cadenza.output;

import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * TLS towards a destination.
 *
 * @param ca PEM of who signs the peer's certificate, null for the JDK's
 * @param certificate PEM that we show, null for none
 * @param key PEM, null for none
 * @param serverName asked for and checked, null for the host of the URL
 */
public record ClientTls(
    boolean enabled, Path ca, Path certificate, Path key, boolean verifyHost, String serverName) {
  /** For what needs none. */
  static final ClientTls NONE = new ClientTls(false, null, null, null, true, null);

  static ClientTls read(Settings s) {
    Path certificate = s.has("certificate") ? s.file("certificate") : null;
    Path key = s.has("key") ? s.file("key") : null;
    if ((certificate == null) != (key == null)) {
      s.problem(certificate == null ? "certificate" : "key", "missing; the two go together");
    }
    s.checkKeyPair("certificate", certificate, "key", key);
    return new ClientTls(
        s.flag("enabled"),
        s.has("ca") ? s.file("ca") : null,
        certificate,
        key,
        s.flag("verify-host"),
        s.textOr("server-name", null));
  }

  /** The files that it is made of. */
  public List<Path> files() {
    return Stream.of(ca, certificate, key).filter(Objects::nonNull).toList();
  }

  /** The host name that the peer's certificate must be for; empty where there is none. */
  String nameOf(Url url) {
    return serverName != null ? serverName : url.host();
  }

  /** Whether a TLS client may name it when it says hello: an address is none (RFC 6066, 3). */
  static boolean mayBeAskedFor(String name) {
    return !name.isEmpty() && name.indexOf(':') < 0 && !name.matches("[0-9.]+");
  }

  /** The options of a client that speaks TLS. */
  ClientSSLOptions options() {
    ClientSSLOptions options = new ClientSSLOptions();
    options.setHostnameVerificationAlgorithm(verifyHost ? "HTTPS" : "");
    if (ca != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()));
    }
    if (certificate != null) {
      options.setKeyCertOptions(
          new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString()));
    }
    return options;
  }
}
