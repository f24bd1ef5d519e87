package io.cadenza.admin;

import io.cadenza.config.Secret;
import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the admin listens.
 *
 * @param token what a request must carry as its bearer token, none for nothing
 */
public record AdminConfig(Url listen, Secret token) {
  private static final int PORT = 6061;

  /** Reads the block {@code admin}. */
  public static AdminConfig read(Settings s) {
    AdminConfig config = new AdminConfig(s.address("listen", PORT), s.secret("token"));
    if (!config.token.isGiven() && !loopback(config.listen.host())) {
      s.problem(
          "listen", "is not on loopback: set a token, or listen on 127.0.0.1, behind a proxy");
    }
    return config;
  }

  static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
