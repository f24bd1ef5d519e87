package io.cadenza.listen;

import io.cadenza.config.Settings;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * TLS of a bound address.
 *
 * @param certificate PEM, null when not enabled
 * @param key PEM, null when not enabled
 * @param ca PEM of who signs the clients' certificates, null for none
 * @param clientAuth whether clients must show one
 */
public record ServerTls(
    boolean enabled,
    Path certificate,
    Path key,
    Path ca,
    ClientAuth clientAuth,
    List<String> protocols) {

  /** Reads a block {@code tls}. */
  public static ServerTls read(Settings s) {
    boolean enabled = s.flag("enabled");
    ClientAuth auth =
        switch (s.text("client-auth", "none", "request", "required")) {
          case "required" -> ClientAuth.REQUIRED;
          case "request" -> ClientAuth.REQUEST;
          default -> ClientAuth.NONE;
        };
    Path ca = s.has("ca") ? s.file("ca") : null;
    if (enabled && auth != ClientAuth.NONE && ca == null) {
      s.problem("ca", "missing; client-auth needs the certificates that sign the clients'");
    }
    Path certificate = enabled ? s.file("certificate") : null;
    Path key = enabled ? s.file("key") : null;
    s.checkKeyPair("certificate", certificate, "key", key);
    return new ServerTls(enabled, certificate, key, ca, auth, s.texts("protocols"));
  }

  /** The files that it is made of. */
  public List<Path> files() {
    return enabled ? Stream.of(certificate, key, ca).filter(Objects::nonNull).toList() : List.of();
  }

  /** Sets the options of a server. */
  public void apply(TCPSSLOptions options) {
    if (!enabled) {
      return;
    }
    options.setSsl(true);
    options.setKeyCertOptions(
        new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString()));
    options.setEnabledSecureTransportProtocols(new LinkedHashSet<>(protocols));
    if (ca != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()));
    }
  }
}
