package io.cadenza.route;

import io.cadenza.format.StatsdFormat;
import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import io.cadenza.match.Rewrite;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows one line through pipelines, rewrites and clusters into a {@link Plan}. The whole truth
 * about what happens to a line; {@link Router} has a shorter way for lines that need less.
 *
 * <p>Belongs to one thread. Pipelines never form a loop: that is found when they are configured.
 */
final class Planner {
  /** The longest key that a rewrite may make, in bytes. */
  private static final int LONGEST_KEY = 64 * 1024;

  private final Plan plan;
  private final int[] chosen;
  private final byte[] newKey = new byte[LONGEST_KEY];
  private final Trace trace;

  /**
   * @param members of the largest cluster
   * @param trace null at work
   */
  Planner(Plan plan, int members, Trace trace) {
    this.plan = plan;
    this.chosen = new int[members];
    this.trace = trace;
  }

  /**
   * Plans for one line, whose own counts include that it came in.
   *
   * @param end where its newline is
   * @return why it is refused, or null
   */
  Invalid enter(Pipeline pipeline, LineFormat format, byte[] bytes, int start, int end) {
    plan.count(pipeline.in, end - start + 1);
    return take(pipeline, format, bytes, start, end);
  }

  /** Plans for one line that was counted in already. */
  Invalid take(Pipeline pipeline, LineFormat format, byte[] bytes, int start, int end) {
    byte[] line = bytes;
    int from = start;
    int to = end;
    if (pipeline.level == Validation.CLEAN && format.cleanable()) {
      if (!pipeline.cleanser.isClean(line, from, to)) {
        line = plan.scratch(to - from + 1);
        int at = plan.used();
        int size = pipeline.cleanser.clean(bytes, start, end, line, at);
        if (size < 0) {
          return Invalid.of(size);
        }
        from = at;
        to = at + size;
        line[to] = '\n';
        plan.use(size + 1);
        step("clean", pipeline, text(line, from, to));
      }
    }
    long key = format.key(line, from, to);
    if (key < 0) {
      return Invalid.of(key);
    }
    int keyStart = (int) (key >>> 32);
    int keyEnd = (int) key;
    if (pipeline.level == Validation.MEDIUM || pipeline.level == Validation.STRICT) {
      Invalid why = format.check(pipeline.level, line, keyStart, keyEnd, to);
      if (why != null) {
        return why;
      }
    }
    pass(pipeline, format, line, from, keyStart, keyEnd, to);
    return null;
  }

  /** Plans for a line that was found valid. */
  void pass(
      Pipeline pipeline,
      LineFormat format,
      byte[] bytes,
      int start,
      int keyStart,
      int keyEnd,
      int end) {
    byte[] line = bytes;
    int from = start;
    int key = keyStart;
    int behind = keyEnd;
    int to = end;
    Fate fate = pipeline.fate(line, key, behind);
    Decision decision = fate.decision();
    Head[] heads = fate.heads();
    while (decision.kind == Decision.Kind.REWRITE) {
      Rewrite rewrite = pipeline.rewrites[decision.index];
      int nameEnd = Bytes.nameEnd(line, key, behind);
      int head = key - from;
      int size = rewrite.apply(line, key, nameEnd, newKey);
      if (size == Rewrite.TOO_LONG) {
        plan.count(pipeline.tooLong, 0);
        dropped("rewrite-too-long");
        return;
      }
      if (size >= 0) {
        byte[] into = plan.scratch(to - from + 1 + size);
        int at = plan.used();
        System.arraycopy(line, from, into, at, head);
        System.arraycopy(newKey, 0, into, at + head, size);
        System.arraycopy(line, nameEnd, into, at + head + size, to + 1 - nameEnd);
        behind = at + head + size + (behind - nameEnd);
        to = at + head + size + (to - nameEnd);
        line = into;
        from = at;
        key = at + head;
        plan.use(to + 1 - at);
        plan.count(pipeline.rewritten, 0);
        step("rewrite", pipeline, detail(pipeline, decision, line, key, behind));
      }
      int outcome = pipeline.outcome(line, key, behind);
      decision = pipeline.decision(outcome, decision.index + 1);
      if (decision.kind != Decision.Kind.REWRITE) {
        Fate made = pipeline.fate(decision, outcome, line, key, behind);
        decision = made.decision();
        heads = made.heads();
      }
    }
    if (decision.feed != null && StatsdFormat.isEvent(line, from, to)) {
      decision = pipeline.eventDecision(line, key, behind);
    }
    aggregate(pipeline, heads, line, key, behind, to);
    follow(pipeline, decision, format, line, from, key, behind, to);
  }

  private void aggregate(
      Pipeline pipeline, Head[] heads, byte[] line, int key, int keyEnd, int to) {
    for (int i = 0; i < heads.length; i++) {
      plan.take(pipeline.aggregator(), heads[i], line, key, key, keyEnd, to);
      if (trace != null) {
        AggregateConfig rule = pipeline.rule(heads[i]);
        trace.step("aggregate", pipeline.config.name(), rule + " gives " + heads[i].text());
        if (rule.dropRaw()) {
          trace.step("drop-raw", pipeline.config.name(), "the line itself goes no further");
        }
        trace.taken();
      }
    }
  }

  private String detail(Pipeline pipeline, Decision decision, byte[] line, int key, int behind) {
    return trace == null
        ? ""
        : pipeline.config.rewrites().get(decision.index) + " gives " + text(line, key, behind);
  }

  private void follow(
      Pipeline pipeline,
      Decision decision,
      LineFormat format,
      byte[] line,
      int from,
      int key,
      int keyEnd,
      int to) {
    int size = to - from + 1;
    for (Count count : decision.counts) {
      plan.count(count, size);
    }
    if (trace != null) {
      explain(pipeline, decision);
    }
    if (decision.feed != null) {
      plan.take(decision.feed, null, line, from, key, keyEnd, to);
      if (trace != null) {
        trace.step("accumulate", pipeline.config.name(), "as " + pipeline.config.accumulate());
        trace.taken();
      }
    }
    for (int i = 0; i < decision.clusters.length; i++) {
      Cluster cluster = decision.clusters[i];
      if (cluster != null) {
        send(cluster, line, from, key, keyEnd, to);
      } else {
        nested(decision.pipelines[i], format, line, from, to);
      }
    }
  }

  private void send(Cluster cluster, byte[] line, int from, int key, int keyEnd, int to) {
    int n = cluster.choose(line, key, keyEnd, chosen);
    for (int i = 0; i < n; i++) {
      plan.send(cluster.outlet(chosen[i]).lane(line, key, keyEnd), line, from, to + 1);
    }
    if (trace != null) {
      List<String> goesBy = cluster.goesBy(line, key, keyEnd);
      if (!goesBy.isEmpty()) {
        trace.step("aggregated-by", cluster.config().name(), String.join(", ", goesBy));
      }
      List<String> destinations = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        destinations.add(cluster.config().members().get(chosen[i]).written());
      }
      trace.sent(cluster.config().name(), destinations);
    }
  }

  private void nested(Pipeline pipeline, LineFormat format, byte[] line, int from, int to) {
    Invalid why = enter(pipeline, format, line, from, to);
    if (why != null) {
      plan.refuse(pipeline.invalid, why);
      dropped("invalid: " + why.label());
    }
  }

  private void explain(Pipeline pipeline, Decision decision) {
    if (decision.kind == Decision.Kind.BLOCKED) {
      boolean listed = decision.index != Pipeline.NOT_ALLOWED;
      trace.step(
          listed ? "block" : "allow",
          pipeline.config.name(),
          listed ? pipeline.config.block().get(decision.index).toString() : "nothing allows it");
      trace.dropped("blocked");
      return;
    }
    for (int route : decision.routes) {
      RouteConfig config = pipeline.config.routes().get(route);
      trace.step(
          "route",
          pipeline.config.name(),
          config.name() + ": " + config.match() + " to " + config.to());
    }
    boolean taken = decision.feed != null || decision.rules.length > 0;
    if (decision.clusters.length == 0 && !taken) {
      trace.dropped(decision.routes.length == 0 ? "unrouted" : RouteConfig.BLACKHOLE);
    }
  }

  private void step(String what, Pipeline pipeline, String detail) {
    if (trace != null) {
      trace.step(what, pipeline.config.name(), detail);
    }
  }

  private void dropped(String reason) {
    if (trace != null) {
      trace.dropped(reason);
    }
  }

  private String text(byte[] bytes, int from, int to) {
    return trace == null
        ? ""
        : new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
  }
}
