package io.cadenza.admin;

import io.cadenza.config.Url;
import io.cadenza.listen.IdleWatch;
import io.cadenza.meter.ShellMeters;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers the operator, and scripts made for statsd's management interface, on a TCP port: a
 * command a line. One instance.
 */
public final class ShellVerticle extends VerticleBase {
  private final ShellConfig config;
  private final Url url;
  private final ShellMeters meters;
  private final ShellCommands commands;
  private final Map<NetSocket, Conversation> conversations = new HashMap<>();
  private final IdleWatch watch = new IdleWatch();
  private NetServer server;

  /**
   * @param config one that says where to listen
   * @param clock the time of day
   * @param started when the process was, in milliseconds since 1970
   */
  public ShellVerticle(
      ShellConfig config,
      StatsdAccumulators accumulators,
      HealthStatus health,
      ShellMeters meters,
      InstantSource clock,
      long started) {
    this.config = config;
    this.url = config.listen().orElseThrow();
    this.meters = meters;
    this.commands = new ShellCommands(config.token(), accumulators, health, meters, clock, started);
  }

  @Override
  public Future<?> start() {
    watch.start(vertx, config.idleTimeout(), this::closeIdle);
    // A process that takes our place listens before we leave.
    server = vertx.createNetServer(new NetServerOptions().setReusePort(true));
    return server.connectHandler(this::opened).listen(url.port(), url.host());
  }

  private void opened(NetSocket socket) {
    if (conversations.size() >= config.maxConnections()) {
      meters.connectionsRefused.increment();
      socket.close();
      return;
    }
    meters.opened();
    Conversation conversation = new Conversation(context, socket, commands, meters, watch);
    conversations.put(socket, conversation);
    socket.closeHandler(gone -> closed(socket));
    conversation.begin();
  }

  private void closed(NetSocket socket) {
    Conversation conversation = conversations.remove(socket);
    if (conversation != null) {
      conversation.cut();
      meters.closed();
    }
  }

  private void closeIdle() {
    for (Conversation conversation : List.copyOf(conversations.values())) {
      if (conversation.isIdle()) {
        meters.connectionsIdle.increment();
        conversation.cut();
      }
    }
  }

  @Override
  public Future<?> stop() {
    List.copyOf(conversations.keySet()).forEach(this::closed);
    return server.close();
  }
}
