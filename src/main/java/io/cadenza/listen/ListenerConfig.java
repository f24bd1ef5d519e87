package io.cadenza.listen;

import io.cadenza.config.Settings;
import io.cadenza.config.Url;
import io.cadenza.format.RegexFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * One bound address, as configured; reference.conf describes every key under {@code
 * defaults.listener}.
 *
 * @param into name of the pipeline
 * @param instances verticle instances, 0 for one a core
 * @param maxLine bytes
 * @param maxFrame bytes of a pickle
 * @param maxBody bytes of an HTTP body, decompressed
 * @param maxWaiting bytes of HTTP bodies that one instance holds at once
 * @param window bytes that may be under way from one instance to its router
 * @param drops whether lines are dropped, rather than senders made to wait, while that is full
 * @param idleTimeout zero for never
 * @param gzip whether streams are compressed
 * @param receiveBuffer bytes of the kernel's buffer of a UDP socket
 * @param regex for the format regex, else null
 * @param timeLayout for the format regex, or null
 * @param permissions of a unix socket, octal digits
 * @param reusePort whether another process may bind the same port
 */
public record ListenerConfig(
    String name,
    Url url,
    String format,
    String into,
    int instances,
    int maxLine,
    int maxFrame,
    int maxBody,
    long maxWaiting,
    long window,
    boolean drops,
    Duration idleTimeout,
    int maxConnections,
    boolean gzip,
    int receiveBuffer,
    int backlog,
    String regex,
    String timeLayout,
    String permissions,
    boolean reusePort,
    ServerTls tls) {
  private static final int MIB = 1 << 20;
  private static final long LEAST_WAITING = 64 * 1024;
  private static final long LEAST_WINDOW = 256 * 1024;
  private static final Duration DAY = Duration.ofDays(1);

  /**
   * Reads one listener.
   *
   * @param formats the words that {@code format} may be
   */
  public static ListenerConfig read(String name, Settings s, List<String> formats) {
    ListenerConfig config =
        new ListenerConfig(
            name,
            s.url("url"),
            s.text("format", formats.toArray(new String[0])),
            s.text("into"),
            s.count("instances", 0, 1024),
            (int) s.bytes("max-line", 64, 16 * MIB),
            (int) s.bytes("max-frame", 64, 256 * MIB),
            (int) s.bytes("max-body", 64, 256 * MIB),
            s.bytes("max-waiting", LEAST_WAITING, 64L * 1024 * MIB),
            s.bytes("window", LEAST_WINDOW, 1024L * MIB),
            s.text("on-full", "pause", "drop").equals("drop"),
            s.duration("idle-timeout", Duration.ZERO, DAY),
            s.count("max-connections", 1, 10_000_000),
            s.text("compression", "none", "gzip").equals("gzip"),
            (int) s.bytes("receive-buffer", 4096, 256 * MIB),
            s.count("backlog", 1, 65_535),
            s.textOr("regex", null),
            s.textOr("time-layout", null),
            s.text("permissions"),
            s.flag("reuse-port"),
            ServerTls.read(s.block("tls")));
    config.check(s);
    return config;
  }

  private void check(Settings s) {
    checkRegex(s);
    if (!permissions.matches("0?[0-7]{3}")) {
      s.problem("permissions", "give three octal digits, as in \"0660\"");
    }
    if (maxWaiting < maxBody + LEAST_WAITING) {
      s.problem("max-waiting", "give at least 64KiB more than max-body, or no such body is taken");
    }
    if (url.scheme().isOwn()) {
      s.problem("url", "a " + url.scheme().word() + " takes lines; nothing comes in there");
    }
    boolean stream = url.scheme() == Url.Scheme.TCP || url.scheme() == Url.Scheme.UNIX;
    if (gzip && !stream) {
      s.problem("compression", "is for tcp and unix; http takes gzip by itself, udp never");
    }
    if (format.equals("pickle") && url.scheme() == Url.Scheme.UDP) {
      s.problem("format", "pickle needs a stream or a body: tcp, unix or http");
    }
    if (tls.enabled() && url.scheme() == Url.Scheme.UDP) {
      s.problem("tls", "is for tcp, unix and http; there is none over udp");
    }
    if (url.scheme() == Url.Scheme.HTTPS && !tls.enabled()) {
      s.problem("tls", "https needs enabled = true, a certificate and a key");
    }
  }

  private void checkRegex(Settings s) {
    if (!format.equals("regex")) {
      return;
    }
    if (regex == null) {
      s.problem("regex", "missing; the format regex needs one with a group named Key");
      return;
    }
    try {
      new RegexFormat(regex, null, Clock.systemUTC());
    } catch (IllegalArgumentException wrong) {
      s.problem("regex", wrong.getMessage());
      return;
    }
    try {
      new RegexFormat(regex, timeLayout, Clock.systemUTC());
    } catch (IllegalArgumentException wrong) {
      s.problem("time-layout", wrong.getMessage());
    }
  }
}
