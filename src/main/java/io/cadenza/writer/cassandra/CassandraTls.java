package io.cadenza.writer.cassandra;

import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import io.cadenza.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * TLS towards the nodes of a cluster.
 *
 * @param ca PEM of who signs the nodes' certificates, null for the JDK's
 * @param certificate PEM that we show, null for none
 * @param key PEM, null for none
 */
public record CassandraTls(
    boolean enabled, Path ca, Path certificate, Path key, boolean verifyHost) {

  static CassandraTls read(Settings s) {
    Path certificate = s.has("certificate") ? s.file("certificate") : null;
    Path key = s.has("key") ? s.file("key") : null;
    if ((certificate == null) != (key == null)) {
      s.problem(certificate == null ? "certificate" : "key", "missing; the two go together");
    }
    s.checkKeyPair("certificate", certificate, "key", key);
    return new CassandraTls(
        s.flag("enabled"),
        s.has("ca") ? s.file("ca") : null,
        certificate,
        key,
        s.flag("verify-host"));
  }

  /** What the driver makes its connections with; reads the files. */
  SslEngineFactory engines(Vertx vertx) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(vertx), trusted(vertx), null);
    return new ProgrammaticSslEngineFactory(context, null, verifyHost);
  }

  private KeyManager[] keys(Vertx vertx) throws Exception {
    return certificate == null
        ? null
        : new PemKeyCertOptions()
            .setCertPath(certificate.toString())
            .setKeyPath(key.toString())
            .getKeyManagerFactory(vertx)
            .getKeyManagers();
  }

  private TrustManager[] trusted(Vertx vertx) throws Exception {
    return ca == null
        ? null
        : new PemTrustOptions()
            .addCertPath(ca.toString())
            .getTrustManagerFactory(vertx)
            .getTrustManagers();
  }
}
