package io.cadenza.app;

import com.timgroup.statsd.NonBlockingStatsDClientBuilder;
import com.timgroup.statsd.StatsDClient;
import io.cadenza.app.OtherStatsdClient.Call;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.statsd.StatsdConfig;
import io.micrometer.statsd.StatsdFlavor;
import io.micrometer.statsd.StatsdMeterRegistry;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients in use send is summed and flushed as their users mean it. */
final class StatsdClientsTest {
  private final StatsdRelay relay;

  StatsdClientsTest() throws Exception {
    relay = new StatsdRelay();
  }

  @AfterEach
  void stop() throws Exception {
    relay.close();
  }

  /**
   * As it is by default, with its own sums beforehand, and without them. What it has not sent yet
   * is lost when it is closed: tests wait before that.
   */
  private StatsDClient dogstatsd(boolean sumsItself) {
    return new NonBlockingStatsDClientBuilder()
        .prefix("shop")
        .hostname("127.0.0.1")
        .port(relay.port)
        .enableTelemetry(false)
        .enableAggregation(sumsItself)
        .aggregationFlushInterval(50)
        .build();
  }

  @Test
  void dogstatsdCountersAreSummedByTheirTags() {
    int turns = 0;
    for (boolean sumsItself : List.of(true, false)) {
      try (StatsDClient client = dogstatsd(sumsItself)) {
        for (int i = 0; i < 100; i++) {
          client.count("orders", 3, "env:live", "app:till");
          client.increment("orders", "env:test");
          client.decrement("stock");
        }
        turns++;
        relay.awaitSum("stats_counts.shop.orders;app=till;env=live", 300 * turns);
        relay.awaitSum("stats_counts.shop.orders;env=test", 100 * turns);
        relay.awaitSum("stats_counts.shop.stock", -100 * turns);
      }
    }
    relay.assertNothingRefused();
  }

  @Test
  void dogstatsdGaugesKeepTheirLastValue() {
    try (StatsDClient client = dogstatsd(true)) {
      client.gauge("depth", 17, "queue:in");
      client.gauge("depth", 18.25, "queue:in");
      relay.awaitLast("stats.gauges.shop.depth;queue=in", 18.25);
    }
    relay.assertNothingRefused();
  }

  @Test
  void dogstatsdHistogramsDistributionsAndTimesAreTimers() {
    try (StatsDClient client = dogstatsd(false)) {
      for (int i = 1; i <= 20; i++) {
        client.time("took", i);
        client.histogram("size", i);
        client.distribution("spread", i, "env:live");
      }
      for (String key : List.of("took%s", "size%s", "spread%s;env=live")) {
        relay.awaitSum("stats.timers.shop." + key.formatted(".count"), 20);
        relay.awaitSum("stats.timers.shop." + key.formatted(".sum"), 210);
      }
      relay.awaitOnce("stats.timers.shop.took.lower", 1);
      relay.awaitOnce("stats.timers.shop.took.upper", 20);
    }
    relay.assertNothingRefused();
  }

  @Test
  void dogstatsdSampleRatesAreTakenIntoAccount() {
    try (StatsDClient client = dogstatsd(false)) {
      // The client decides by chance which to send; each that it sends stands for ten.
      for (int i = 0; i < 1000; i++) {
        client.count("sampled", 1, 0.1);
      }
      relay.awaitTens("stats_counts.shop.sampled");
    }
    relay.assertNothingRefused();
  }

  @Test
  void dogstatsdSetsCountTheirMembers() {
    try (StatsDClient client = dogstatsd(false)) {
      for (int i = 0; i < 25; i++) {
        client.recordSetValue("users", "user-" + i);
      }
      relay.awaitSum("stats.sets.shop.users.count", 25);
    }
    relay.assertNothingRefused();
  }

  private StatsdMeterRegistry micrometer(StatsdFlavor flavor) {
    StatsdConfig config =
        new StatsdConfig() {
          @Override
          public String get(String key) {
            return null;
          }

          @Override
          public StatsdFlavor flavor() {
            return flavor;
          }

          @Override
          public String host() {
            return "127.0.0.1";
          }

          @Override
          public int port() {
            return relay.port;
          }

          @Override
          public Duration pollingFrequency() {
            return Duration.ofMillis(50);
          }
        };
    return new StatsdMeterRegistry(config, Clock.SYSTEM);
  }

  private static void use(StatsdMeterRegistry registry) {
    Gauge.builder("pool.size", () -> 12.5).tag("pool", "main").register(registry);
    Counter hits = Counter.builder("page.hits").tag("page", "home").register(registry);
    Timer took = Timer.builder("page.took").register(registry);
    for (int i = 1; i <= 50; i++) {
      hits.increment();
      took.record(Duration.ofMillis(i));
    }
  }

  @Test
  void micrometerWithTheFlavourOfEtsyIsSummed() {
    StatsdMeterRegistry registry = micrometer(StatsdFlavor.ETSY);
    try {
      use(registry);
      relay.awaitSum("stats_counts.pageHits.page.home.statistic.count", 50);
      relay.awaitLast("stats.gauges.poolSize.pool.main.statistic.value", 12.5);
      relay.awaitSum("stats.timers.pageTook.count", 50);
      relay.awaitSum("stats.timers.pageTook.sum", 1275);
    } finally {
      registry.close();
    }
    relay.assertNothingRefused();
  }

  @Test
  void micrometerWithTheFlavourOfDatadogIsSummedByItsTags() {
    StatsdMeterRegistry registry = micrometer(StatsdFlavor.DATADOG);
    try {
      use(registry);
      relay.awaitSum("stats_counts.page.hits;page=home;statistic=count", 50);
      relay.awaitLast("stats.gauges.pool.size;pool=main;statistic=value", 12.5);
      relay.awaitSum("stats.timers.page.took.count", 50);
      relay.awaitSum("stats.timers.page.took.sum", 1275);
    } finally {
      registry.close();
    }
    relay.assertNothingRefused();
  }

  @Test
  void theClientOfTimgroupIsSummed() throws Exception {
    try (OtherStatsdClient client = new OtherStatsdClient("plain", relay.port)) {
      for (int i = 1; i <= 50; i++) {
        client.send(Call.COUNT, "orders", 2);
        client.send(Call.TIME, "took", i);
      }
      client.send(Call.GAUGE, "depth", 10);
      client.send(Call.GAUGE_DELTA, "depth", -4);
      client.send(Call.GAUGE, "below", -5);
      client.send(Call.SET, "users", "alice");
      client.send(Call.SET, "users", "bob");
    }
    relay.awaitSum("stats_counts.plain.orders", 100);
    relay.awaitSum("stats.timers.plain.took.count", 50);
    relay.awaitSum("stats.timers.plain.took.sum", 1275);
    relay.awaitLast("stats.gauges.plain.depth", 6);
    relay.awaitLast("stats.gauges.plain.below", -5);
    relay.awaitSum("stats.sets.plain.users.count", 2);
    relay.assertNothingRefused();
  }

  @Test
  void blanksBeforeAKeyBelongToItAsInNode() throws Exception {
    byte[] lines = " pad :2|c\n\t:3|c\n \n\n\tpad:4|c".getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(lines, lines.length, InetAddress.getLoopbackAddress(), relay.port));
    }
    relay.awaitSum("stats_counts._pad_", 2);
    relay.awaitSum("stats_counts._pad", 4);
    relay.awaitSum("stats_counts._", 3);
    relay.awaitSum("stats_counts.statsd.metrics_received", 4);
    relay.awaitSum("stats_counts.statsd.bad_lines_seen", 1);
  }
}
