package io.cadenza.route;

import io.cadenza.format.Cleanser;
import io.cadenza.line.LineBatch;
import io.cadenza.line.Validation;
import io.cadenza.match.PatternSet;
import io.cadenza.match.Rewrite;
import io.cadenza.meter.Complaints;
import io.cadenza.meter.FlowMeters;
import io.cadenza.meter.Meters;
import io.cadenza.meter.PipelineMeters;
import io.cadenza.meter.Reasons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One router's working copy of a pipeline: answers what happens to a key. Belongs to one thread.
 *
 * <p>All conditions of the pipeline are evaluated at once ({@link MatcherTable}); what follows from
 * them is decided once for each outcome and each number of rewrites already passed.
 */
final class Pipeline {
  private static final int LEAST_CACHE_BYTES = 256 << 10;

  final PipelineConfig config;
  final Validation level;
  final Cleanser cleanser;
  final Rewrite[] rewrites;
  final PipelineMeters meters;
  final Reasons invalid;
  final Complaints complaints;
  final Count in;
  final Count out;
  final Count blocked;
  final Count unrouted;
  final Count blackholed;
  final Count rewritten;
  final Count tooLong;
  private final Count aggregated;
  private final Count accumulated;
  private final Count[] routeCounts;
  private final MatcherTable matchers;
  private final int firstAllow;
  private final int firstRewrite;
  private final int firstRoute;
  private final Decision[][] decisions;
  private Object[][] targets;
  private Object[] eventTargets = {};
  private final int firstAggregate;
  private final Fates fates;
  private final Fates rewrittenFates;
  private Feed feed;
  private Feed aggregator;

  Pipeline(
      PipelineConfig config,
      CacheLimits limits,
      PipelineMeters meters,
      Function<RouteConfig, FlowMeters> routeMeters,
      Complaints complaints) {
    this.config = config;
    this.level = level(config);
    this.cleanser = level == Validation.CLEAN ? new Cleanser(config.extraCharacters()) : null;
    this.meters = meters;
    this.complaints = complaints;
    this.invalid = meters.invalid();
    this.in = new Count(meters.linesIn, meters.bytesIn);
    this.out = new Count(meters.linesOut, null);
    this.blocked = new Count(meters.blocked, null);
    this.unrouted = new Count(meters.unrouted, null);
    this.blackholed = new Count(meters.blackholed, null);
    this.rewritten = new Count(meters.rewritten, null);
    this.tooLong = new Count(meters.tooLong, null);
    int share = cacheShare(limits.rewriteBytes(), config.rewrites().size());
    this.rewrites =
        config.rewrites().stream().map(r -> r.make().copy(share)).toArray(Rewrite[]::new);
    this.routeCounts =
        config.routes().stream()
            .map(routeMeters)
            .map(m -> new Count(m.lines, m.bytes))
            .toArray(Count[]::new);
    MatcherTable.Builder builder = new MatcherTable.Builder();
    config.block().forEach(builder::add);
    this.firstAllow = config.block().size();
    config.allow().forEach(builder::add);
    this.firstRewrite = firstAllow + config.allow().size();
    config.rewrites().forEach(rewrite -> builder.add(condition(rewrite)));
    this.firstAggregate = firstRewrite + rewrites.length;
    config.aggregates().forEach(rule -> builder.add(rule.match()));
    this.firstRoute = firstAggregate + config.aggregates().size();
    config.routes().forEach(route -> builder.add(route.match()));
    this.matchers = builder.build(limits);
    this.decisions = new Decision[rewrites.length + 1][];
    this.aggregated = new Count(meters.aggregated, null);
    this.accumulated = new Count(meters.accumulated, null);
    boolean some = !config.aggregates().isEmpty();
    this.fates = some ? new Fates(config.aggregates(), limits) : null;
    this.rewrittenFates =
        some && rewrites.length > 0 ? new Fates(config.aggregates(), limits) : null;
  }

  /** A statsd accumulator looks at each value of a line itself, and tells what is wrong with it. */
  private static Validation level(PipelineConfig config) {
    boolean looksItself = config.accumulate() != null && config.accumulate().statsd();
    return looksItself && config.validate() == Validation.MEDIUM
        ? Validation.NONE
        : config.validate();
  }

  /** Whether it has aggregation rules, so that {@link #fate} is to be asked. */
  boolean aggregates() {
    return fates != null;
  }

  /** The way to what the rules compute; null where there are none. */
  Feed aggregator() {
    return aggregator;
  }

  /** The way to its accumulator; null where there is none. */
  Feed feed() {
    return feed;
  }

  /** What becomes of a line whose key was not rewritten. */
  Fate fate(byte[] bytes, int keyStart, int keyEnd) {
    Fate known = fates == null ? null : fates.find(bytes, keyStart, keyEnd);
    if (known != null) {
      return known;
    }
    int outcome = outcome(bytes, keyStart, keyEnd);
    Decision decision = decision(outcome, 0);
    return fates == null
        ? decision.alone
        : fates.make(decision, same(decision, outcome), bytes, keyStart, keyEnd, aggregator);
  }

  /**
   * What became of neighbouring lines whose keys were not rewritten; null where it is not known.
   */
  void known(LineBatch batch, int line, int count, Fate[] into) {
    fates.find(batch, line, count, into);
  }

  /** What is done with a line of that outcome that has the key already which a rule makes of it. */
  private Supplier<Decision> same(Decision decision, int outcome) {
    return () -> {
      if (decision.same == null) {
        decision.same = routed(outcome, feed, List.of(), true);
      }
      return decision.same;
    };
  }

  /** What becomes of a line whose key was rewritten, when all rewrites are passed. */
  Fate fate(Decision decision, int outcome, byte[] bytes, int keyStart, int keyEnd) {
    if (decision.rules.length == 0) {
      return decision.alone;
    }
    Fate known = rewrittenFates.find(bytes, keyStart, keyEnd);
    return known != null
        ? known
        : rewrittenFates.make(
            decision, same(decision, outcome), bytes, keyStart, keyEnd, aggregator);
  }

  /** The rule that made a head. */
  AggregateConfig rule(Head head) {
    return config.aggregates().get(head.rule());
  }

  /** What each of so many rewrites may use to remember keys: a power of two. */
  private static int cacheShare(int bytes, int rewrites) {
    int share = Integer.highestOneBit(bytes / Math.max(1, rewrites));
    return Math.max(share, LEAST_CACHE_BYTES);
  }

  /** When a rewrite may change a key: asked of all keys at once, before the rewrite itself is. */
  private static MatcherConfig condition(RewriteConfig rewrite) {
    return new MatcherConfig(
        List.of(
            rewrite.regex() != null
                ? new MatcherConfig.Condition(MatcherConfig.Kind.REGEX, rewrite.regex())
                : new MatcherConfig.Condition(MatcherConfig.Kind.SUBSTRING, rewrite.old())),
        false);
  }

  /** Tells the names in routes apart, once all pipelines and clusters of the router are there. */
  void link(
      Function<String, Cluster> clusters,
      Function<String, Pipeline> pipelines,
      Function<String, Feed> feeds) {
    targets = new Object[config.routes().size()][];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = targets(config.routes().get(i).to(), clusters, pipelines);
    }
    if (config.accumulate() != null) {
      feed = feeds.apply(config.accumulator());
      eventTargets = targets(config.accumulate().events(), clusters, pipelines);
    }
    if (aggregates()) {
      aggregator = feeds.apply(config.aggregator());
    }
  }

  private static Object[] targets(
      List<String> names,
      Function<String, Cluster> clusters,
      Function<String, Pipeline> pipelines) {
    List<Object> found = new ArrayList<>();
    for (String name : names) {
      Object target = clusters.apply(name);
      target = target == null ? pipelines.apply(name) : target;
      if (target != null) {
        found.add(target);
      }
    }
    return found.toArray();
  }

  /** Says how full its caches are. */
  void tell(Levels levels, Meters.Scope scope) {
    levels.add(scope, matchers);
    if (rewrites.length > 0) {
      levels.add(scope, "rewrite-cache-bytes", () -> sum(Rewrite::cached), "Keys cached");
      levels.add(
          scope,
          "rewrite-cache-limit-bytes",
          () -> sum(Rewrite::mostCached),
          "The bound of rewrite-cache-bytes");
    }
    if (aggregates()) {
      levels.add(
          scope,
          "aggregate-cache-bytes",
          () -> sumFates(Fates::bytes),
          "Keys whose rules are cached");
      levels.add(
          scope,
          "aggregate-cache-limit-bytes",
          () -> sumFates(Fates::mostBytes),
          "The bound of aggregate-cache-bytes");
    }
  }

  private long sumFates(ToLongFunction<Fates> figure) {
    return Stream.of(fates, rewrittenFates).filter(Objects::nonNull).mapToLong(figure).sum();
  }

  private long sum(ToLongFunction<Rewrite> figure) {
    return Arrays.stream(rewrites).mapToLong(figure).sum();
  }

  /** All counts that are to be published. */
  List<Count> counts() {
    List<Count> all =
        new ArrayList<>(
            List.of(
                in,
                out,
                blocked,
                unrouted,
                blackholed,
                rewritten,
                tooLong,
                aggregated,
                accumulated));
    all.addAll(Arrays.asList(routeCounts));
    return all;
  }

  /** What the key is like. */
  int outcome(byte[] bytes, int keyStart, int keyEnd) {
    return matchers.outcome(bytes, keyStart, keyEnd);
  }

  /**
   * What happens to keys of an outcome.
   *
   * @param passed how many rewrites have been passed; lists act only in front of the first
   */
  Decision decision(int outcome, int passed) {
    Decision[] known = decisions[passed];
    if (known != null && outcome < known.length && known[outcome] != null) {
      return known[outcome];
    }
    return decide(outcome, passed);
  }

  private Decision decide(int outcome, int passed) {
    if (outcome == PatternSet.UNCACHED) {
      Decision once = make(outcome, passed);
      once.kept = false;
      return once;
    }
    Decision[] known = decisions[passed];
    if (known == null) {
      known = new Decision[outcome + 16];
    } else if (outcome >= known.length) {
      known = Arrays.copyOf(known, Math.max(known.length * 2, outcome + 1));
    }
    decisions[passed] = known;
    known[outcome] = make(outcome, passed);
    return known[outcome];
  }

  private Decision make(int outcome, int passed) {
    if (passed == 0) {
      int list = keptOutBy(outcome);
      if (list != NOT_KEPT_OUT) {
        return Decision.blocked(list, blocked);
      }
    }
    for (int i = passed; i < rewrites.length; i++) {
      if (matchers.holds(firstRewrite + i, outcome)) {
        return Decision.rewrite(i);
      }
    }
    // The same for all ways to the last rewrite: so that it is one for all lines of a key.
    return outcome == PatternSet.UNCACHED || passed == rewrites.length
        ? routed(outcome, feed, List.of(), false)
        : decision(outcome, rewrites.length);
  }

  /** What is done with an event or a service check, which nobody can accumulate. */
  Decision eventDecision(byte[] bytes, int keyStart, int keyEnd) {
    return routed(outcome(bytes, keyStart, keyEnd), null, List.of(eventTargets), false);
  }

  private int[] rules(int outcome) {
    return IntStream.range(0, config.aggregates().size())
        .filter(rule -> matchers.holds(firstAggregate + rule, outcome))
        .toArray();
  }

  private boolean dropsRaw(int[] rules) {
    return Arrays.stream(rules).anyMatch(rule -> config.aggregates().get(rule).dropRaw());
  }

  private static final int NOT_KEPT_OUT = -2;
  static final int NOT_ALLOWED = -1;

  private int keptOutBy(int outcome) {
    for (int i = 0; i < firstAllow; i++) {
      if (matchers.holds(i, outcome)) {
        return i;
      }
    }
    for (int i = firstAllow; i < firstRewrite; i++) {
      if (matchers.holds(i, outcome)) {
        return NOT_KEPT_OUT;
      }
    }
    return firstAllow < firstRewrite ? NOT_ALLOWED : NOT_KEPT_OUT;
  }

  /**
   * @param into the accumulator that takes the line, or null
   * @param also targets beside those of the routes
   * @param noRoutes whether the routes do not get it
   */
  private Decision routed(int outcome, Feed into, List<Object> also, boolean noRoutes) {
    List<Integer> routes = new ArrayList<>();
    List<Object> to = new ArrayList<>(also);
    List<Count> counts = new ArrayList<>();
    int[] rules = rules(outcome);
    boolean taken = rules.length > 0 || into != null;
    int open = noRoutes || dropsRaw(rules) ? 0 : targets.length;
    for (int i = 0; i < open; i++) {
      if (matchers.holds(firstRoute + i, outcome)) {
        routes.add(i);
        counts.add(routeCounts[i]);
        to.addAll(List.of(targets[i]));
        if (!config.routes().get(i).goOn()) {
          break;
        }
      }
    }
    counts.add(taken || !to.isEmpty() ? out : routes.isEmpty() ? unrouted : blackholed);
    if (rules.length > 0) {
      counts.add(aggregated);
    }
    if (into != null) {
      counts.add(accumulated);
    }
    Cluster[] clusters = new Cluster[to.size()];
    Pipeline[] pipelines = new Pipeline[to.size()];
    for (int i = 0; i < clusters.length; i++) {
      if (to.get(i) instanceof Cluster cluster) {
        clusters[i] = cluster;
        counts.add(cluster.count());
      } else {
        pipelines[i] = (Pipeline) to.get(i);
      }
    }
    return new Decision(
        Decision.Kind.ROUTED,
        0,
        clusters,
        pipelines,
        routes.stream().mapToInt(Integer::intValue).toArray(),
        counts.toArray(new Count[0]),
        rules,
        into);
  }
}
