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
   * To be open until its samples are seen: what waits in it is lost when it is closed.
   *
   * @param sumsItself before it sends, as it does by default
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
    try (StatsDClient summing = dogstatsd(true);
        StatsDClient plain = dogstatsd(false)) {
      for (int i = 0; i < 100; i++) {
        for (StatsDClient client : List.of(summing, plain)) {
          client.count("orders", 3, "env:live", "app:till");
          client.increment("orders", "env:test");
          client.decrement("stock");
        }
      }
      relay.awaitSum("stats_counts.shop.orders;app=till;env=live", 600);
      relay.awaitSum("stats_counts.shop.orders;env=test", 200);
      relay.awaitSum("stats_counts.shop.stock", -200);
    }
    relay.assertNothingRefused();
  }

  @Test
  void dogstatsdGaugesKeepTheirLastValue() {
    try (StatsDClient client = dogstatsd(true)) {
      client.gauge("depth", 17.5, "queue:in");
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

  /**
   * Counts and times once the gauge has come: until its socket is connected, which it does beside,
   * what is counted is lost.
   */
  private void use(StatsdMeterRegistry registry, String gauge) {
    Gauge.builder("pool.size", () -> 12.5).tag("pool", "main").register(registry);
    relay.awaitLast(gauge, 12.5);
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
      use(registry, "stats.gauges.poolSize.pool.main.statistic.value");
      relay.awaitSum("stats_counts.pageHits.page.home.statistic.count", 50);
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
      use(registry, "stats.gauges.pool.size;pool=main;statistic=value");
      relay.awaitSum("stats_counts.page.hits;page=home;statistic=count", 50);
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
}
