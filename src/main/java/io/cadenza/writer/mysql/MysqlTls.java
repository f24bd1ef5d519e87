package io.cadenza.writer.mysql;

import io.cadenza.config.Settings;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * TLS towards a database.
 *
 * @param ca PEM of who signs the server's certificate, null for the JDK's
 * @param certificate PEM that we show, null for none
 * @param key PEM, null for none
 */
public record MysqlTls(boolean enabled, Path ca, Path certificate, Path key, boolean verifyHost) {

  static MysqlTls read(Settings s) {
    Path certificate = s.has("certificate") ? s.file("certificate") : null;
    Path key = s.has("key") ? s.file("key") : null;
    if ((certificate == null) != (key == null)) {
      s.problem(certificate == null ? "certificate" : "key", "missing; the two go together");
    }
    s.checkKeyPair("certificate", certificate, "key", key);
    return new MysqlTls(
        s.flag("enabled"),
        s.has("ca") ? s.file("ca") : null,
        certificate,
        key,
        s.flag("verify-host"));
  }

  /** The files that it is made of. */
  public List<Path> files() {
    return Stream.of(ca, certificate, key).filter(Objects::nonNull).toList();
  }

  void apply(MySQLConnectOptions options) {
    if (!enabled) {
      options.setSslMode(SslMode.DISABLED);
      return;
    }
    ClientSSLOptions tls = new ClientSSLOptions();
    tls.setHostnameVerificationAlgorithm(verifyHost ? "HTTPS" : "");
    if (ca != null) {
      tls.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()));
    }
    if (certificate != null) {
      tls.setKeyCertOptions(
          new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString()));
    }
    options.setSslMode(verifyHost ? SslMode.VERIFY_IDENTITY : SslMode.VERIFY_CA);
    options.setSslOptions(tls);
  }
}
