package io.cadenza.route;

import io.cadenza.hash.HashRing;
import io.cadenza.hash.Rings;
import io.cadenza.line.LineBatch;
import io.cadenza.meter.Meters;
import java.util.List;

/** The members that a ring chooses, for a key or for those that it is aggregated to. One thread. */
final class HashCluster extends Cluster {
  private final boolean single;
  private final int[] group = new int[HashRing.GROUP];
  private final LiveRing live;
  private final AggregatedChoice aggregated;
  private HashRing ring;

  HashCluster(
      ClusterConfig config,
      CacheLimits limits,
      List<Outlet> outlets,
      Count count,
      RingMaker maker) {
    super(config, outlets, count);
    ring = Rings.of(config.ring(), config.nodes());
    single = config.ring().replicas() == 1;
    boolean removes = config.onDown() == OnDown.REMOVE;
    live = removes ? new LiveRing(ring, outlets, maker, this::use) : null;
    List<AggregateConfig> rules = config.rules();
    aggregated = rules.isEmpty() ? null : new AggregatedChoice(rules, limits);
  }

  private void use(HashRing now) {
    ring = now;
    if (aggregated != null) {
      aggregated.forget();
    }
  }

  @Override
  boolean changes() {
    return live != null;
  }

  @Override
  void refresh() {
    if (live != null) {
      live.refresh();
    }
  }

  @Override
  void tell(Levels levels, Meters.Scope scope) {
    if (ring.mostKeys() > 0) {
      levels.add(
          scope, "ring-cache-keys", () -> ring.rememberedKeys(), "Keys whose place is cached");
      levels.add(
          scope, "ring-cache-limit-keys", () -> ring.mostKeys(), "The bound of ring-cache-keys");
    }
    if (aggregated != null) {
      levels.add(scope, aggregated.matchers());
      levels.add(scope, "aggregate-cache-bytes", aggregated::bytes, "Keys whose rules are cached");
      levels.add(
          scope,
          "aggregate-cache-limit-bytes",
          aggregated::mostBytes,
          "The bound of aggregate-cache-bytes");
    }
  }

  @Override
  boolean mayGet(int member) {
    return live == null || live.has(member);
  }

  @Override
  void deliverEach(LineBatch batch, int first, int last) {
    if (!single || aggregated != null) {
      super.deliverEach(batch, first, last);
      return;
    }
    byte[] bytes = batch.bytes();
    for (int line = first; line <= last; line += HashRing.GROUP) {
      int count = Math.min(HashRing.GROUP, last + 1 - line);
      ring.firsts(batch, line, count, group);
      for (int i = 0; i < count; i++) {
        outlet(group[i]).append(bytes, batch.start(line + i), batch.end(line + i) + 1, 1);
      }
    }
  }

  @Override
  int choose(byte[] bytes, int keyStart, int keyEnd, int[] into) {
    if (aggregated != null) {
      return aggregated.choose(ring, bytes, keyStart, keyEnd, into);
    }
    if (single) {
      into[0] = ring.first(bytes, keyStart, keyEnd);
      return 1;
    }
    return ring.replicas(bytes, keyStart, keyEnd, into);
  }

  @Override
  List<String> goesBy(byte[] bytes, int keyStart, int keyEnd) {
    return aggregated == null ? List.of() : aggregated.newKeys(bytes, keyStart, keyEnd);
  }
}
