package io.cadenza.route;

import io.cadenza.bus.Parcel;
import io.cadenza.bus.Window;
import io.cadenza.format.StatsdFormat;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import io.cadenza.meter.Complaints;
import io.cadenza.meter.FlowMeters;
import io.cadenza.meter.Meters;
import io.cadenza.meter.PipelineMeters;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One event loop's working copy of the routing table: takes batches, sends lines to outlets.
 *
 * <p>Belongs to one thread. Neighbouring lines that share their fate are dealt with as one run; a
 * line that needs more (a rewrite, a pipeline behind a pipeline, a destination that is full) is
 * planned on its own.
 */
public final class Router {
  private final Map<String, Pipeline> pipelines = new HashMap<>();
  private final List<Outlet> outlets = new ArrayList<>();
  private final List<Feed> feeds = new ArrayList<>();
  private final List<Cluster> changing = new ArrayList<>();
  private final List<Count> counts = new ArrayList<>();
  private final Levels levels = new Levels();
  private final Plan plan = new Plan();
  private final FateGroup group = new FateGroup();
  private final Planner planner;
  private final Meters meters;
  private final int widest;
  private Window waitsFor;

  /** The first line of the current batch that is not dealt with. */
  private int settled;

  /**
   * @param index of the event loop, from 0
   * @param makeOutlet an outlet for a destination by its name in metrics
   */
  Router(
      RoutingTable table,
      int index,
      Meters meters,
      InstantSource clock,
      Function<String, Outlet> makeOutlet) {
    this(table, index, meters, clock, makeOutlet, Feed::nowhere, RingMaker.HERE);
  }

  /**
   * @param makeFeed the way to an accumulator by its name in metrics
   * @param maker makes the rings of clusters whose members are removed while they are down
   */
  Router(
      RoutingTable table,
      int index,
      Meters meters,
      InstantSource clock,
      Function<String, Outlet> makeOutlet,
      Function<String, Feed> makeFeed,
      RingMaker maker) {
    Map<String, Cluster> clusters = new HashMap<>();
    int members = 1;
    for (ClusterConfig config : table.clusters().values()) {
      Cluster cluster = cluster(config, table.limits(), index, meters, makeOutlet, maker);
      cluster.tell(levels, meters.scope("cluster", config.name()));
      clusters.put(config.name(), cluster);
      if (cluster.changes()) {
        changing.add(cluster);
      }
      counts.add(cluster.count());
      members = Math.max(members, cluster.size());
    }
    for (PipelineConfig config : table.all().values()) {
      Pipeline pipeline = pipeline(config, table.limits(), meters, clock);
      pipeline.tell(levels, meters.scope("pipeline", config.name()));
      pipelines.put(config.name(), pipeline);
    }
    pipelines
        .values()
        .forEach(p -> p.link(clusters::get, pipelines::get, name -> feed(name, makeFeed)));
    pipelines.values().forEach(p -> counts.addAll(p.counts()));
    this.meters = meters;
    widest = members;
    planner = new Planner(plan, widest, null);
  }

  private Cluster cluster(
      ClusterConfig config,
      CacheLimits limits,
      int index,
      Meters meters,
      Function<String, Outlet> makeOutlet,
      RingMaker maker) {
    List<Outlet> own = new ArrayList<>();
    config.members().forEach(member -> own.add(makeOutlet.apply(member.destination())));
    outlets.addAll(own);
    FlowMeters flow = FlowMeters.cluster(meters, config.name());
    return Cluster.of(config, limits, own, new Count(flow.lines, flow.bytes), index, maker);
  }

  private Feed feed(String accumulator, Function<String, Feed> makeFeed) {
    Feed feed = makeFeed.apply(accumulator);
    feeds.add(feed);
    return feed;
  }

  private static Pipeline pipeline(
      PipelineConfig config, CacheLimits limits, Meters meters, InstantSource clock) {
    return new Pipeline(
        config,
        limits,
        new PipelineMeters(meters, config.name()),
        route -> FlowMeters.route(meters, config.name(), route.name()),
        new Complaints("pipeline " + config.name(), clock));
  }

  /** Follows destinations that came up or went down, between two batches. */
  void refresh() {
    for (int i = 0; i < changing.size(); i++) {
      changing.get(i).refresh();
    }
  }

  /** How full its caches are, told on a tick. */
  Levels levels() {
    return levels;
  }

  /**
   * Sends the lines of a batch on their way.
   *
   * @param from the first line to look at: 0, or where it stopped last time
   * @return how many lines of the batch are done; fewer than it has when the next one has to wait
   *     until {@link #waitsFor} has room
   */
  int route(Parcel<LineBatch> parcel, int from) {
    Pipeline pipeline = pipelines.get(parcel.into());
    LineBatch batch = parcel.load();
    if (pipeline == null) {
      gone(parcel, from);
      return batch.count();
    }
    settled = from;
    int done = lines(pipeline, parcel, batch, from);
    boolean begun = from == 0 && (done > 0 || batch.count() == 0);
    if (begun && pipeline.feed() != null) { // Once, however often its first line has to wait.
      pipeline.feed().came(batch.packets(), batch.refused());
    }
    if (done < batch.count()) {
      pipeline.meters.holds.increment();
    }
    countIn(pipeline, batch, from, done);
    publish();
    return done;
  }

  /** Lines have come in when they are done: one that waits, however often, is counted once. */
  private static void countIn(Pipeline pipeline, LineBatch batch, int from, int done) {
    pipeline.in.add(done - from, size(batch, from, done));
  }

  private static long size(LineBatch batch, int from, int to) {
    if (to - from == batch.count()) {
      return batch.size();
    }
    long size = 0;
    for (int line = from; line < to; line++) {
      size += batch.end(line) - batch.start(line) + 1;
    }
    return size;
  }

  /** Counts the lines of a batch whose pipeline was taken out of the configuration meanwhile. */
  private void gone(Parcel<LineBatch> parcel, int from) {
    LineBatch batch = parcel.load();
    PipelineMeters own = new PipelineMeters(meters, parcel.into());
    own.linesIn.add(batch.count() - from);
    own.bytesIn.add(size(batch, from, batch.count()));
    own.dropped("pipeline-gone").add(batch.count() - from);
  }

  /** Counts the lines of a batch that can't be sent any more, as the process stops. */
  void giveUp(Parcel<LineBatch> parcel, int from) {
    drop(parcel, from, from, "shutdown");
  }

  /**
   * Lets go of a batch that could not be routed because of a mistake of ours: what had not been
   * dealt with is counted as dropped, and the batches behind it go on.
   *
   * @param from as {@link #route} was given
   */
  void fail(Parcel<LineBatch> parcel, int from) {
    drop(parcel, from, settled, "failed");
  }

  /**
   * Counts the rest of a batch as come in and dropped.
   *
   * @param left the first line that is not dealt with
   */
  private void drop(Parcel<LineBatch> parcel, int from, int left, String reason) {
    Pipeline pipeline = pipelines.get(parcel.into());
    if (pipeline == null) {
      gone(parcel, from);
      return;
    }
    LineBatch batch = parcel.load();
    countIn(pipeline, batch, from, batch.count());
    publish();
    pipeline.meters.dropped(reason).add(batch.count() - left);
  }

  /** What the line at which {@link #route} stopped waits for. */
  Window waitsFor() {
    return waitsFor;
  }

  /** Sends all open runs off. */
  void flush() {
    for (int i = 0; i < outlets.size(); i++) {
      outlets.get(i).flush();
    }
    for (int i = 0; i < feeds.size(); i++) {
      feeds.get(i).flush();
    }
  }

  private boolean anyBlocks() {
    for (int i = 0; i < outlets.size(); i++) {
      if (outlets.get(i).blocks()) {
        return true;
      }
    }
    for (int i = 0; i < feeds.size(); i++) {
      if (feeds.get(i).blocks()) {
        return true;
      }
    }
    return false;
  }

  private void publish() {
    for (int i = 0; i < counts.size(); i++) {
      counts.get(i).publish();
    }
  }

  /** Answers how many lines of the batch are done. */
  private int lines(Pipeline pipeline, Parcel<LineBatch> parcel, LineBatch batch, int from) {
    boolean someBlock = anyBlocks();
    boolean aggregates = pipeline.aggregates();
    boolean cleans = pipeline.level == Validation.CLEAN && batch.format().cleanable();
    byte[] bytes = batch.bytes();
    group.begin();
    Decision run = null;
    int first = from;
    int line = from;
    for (; line < batch.count(); line++) {
      Invalid why = check(pipeline, batch, line);
      Decision next = null;
      Head[] heads = Fate.NO_HEADS;
      if (why == null && !(cleans && isUnclean(pipeline, batch, line))) {
        if (aggregates) {
          Fate fate = group.of(pipeline, batch, line);
          next = fate.decision();
          heads = fate.heads();
        } else {
          int outcome = pipeline.outcome(bytes, batch.keyStart(line), batch.keyEnd(line));
          next = pipeline.decision(outcome, 0);
        }
        if (next == run
            && batch.start(line) == batch.end(line - 1) + 1
            && !isEvent(next, batch, line)) {
          aggregate(pipeline, heads, batch, line);
          continue;
        }
      }
      if (run != null) {
        deliver(run, batch, first, line - 1);
        run = null;
      }
      settled = line;
      if (why != null) {
        refuse(pipeline, parcel, batch, line, why);
      } else if (next != null
          && next.plain
          && !isEvent(next, batch, line)
          && !(someBlock && obstructed(pipeline, next))) {
        aggregate(pipeline, heads, batch, line);
        run = next;
        first = line;
      } else if (!single(pipeline, parcel, batch, line, next == null)) {
        return line;
      }
    }
    if (run != null) {
      deliver(run, batch, first, line - 1);
    }
    return line;
  }

  /** Why a line is refused; most that are right were found so when they came in. */
  private static Invalid check(Pipeline pipeline, LineBatch batch, int line) {
    Validation level = pipeline.level;
    boolean looks = level == Validation.MEDIUM ? !batch.sound(line) : level == Validation.STRICT;
    return looks
        ? batch
            .format()
            .check(level, batch.bytes(), batch.keyStart(line), batch.keyEnd(line), batch.end(line))
        : null;
  }

  private static boolean isUnclean(Pipeline pipeline, LineBatch batch, int line) {
    return !pipeline.cleanser.isClean(batch.bytes(), batch.start(line), batch.end(line));
  }

  /** Whether a line may have to wait: then it is planned on its own. */
  private static boolean obstructed(Pipeline pipeline, Decision decision) {
    if (decision.feed != null && decision.feed.blocks()
        || decision.rules.length > 0 && pipeline.aggregator().blocks()) {
      return true;
    }
    for (Cluster cluster : decision.clusters) {
      if (cluster.anyBlocks()) {
        return true;
      }
    }
    return false;
  }

  private void deliver(Decision decision, LineBatch batch, int first, int last) {
    int lines = last - first + 1;
    int size = batch.end(last) + 1 - batch.start(first);
    for (Count count : decision.counts) {
      count.add(lines, size);
    }
    for (Cluster cluster : decision.clusters) {
      cluster.deliver(batch, first, last);
    }
    if (decision.feed != null) {
      decision.feed.take(batch, first, last);
    }
  }

  private static void aggregate(Pipeline pipeline, Head[] heads, LineBatch batch, int line) {
    for (int i = 0; i < heads.length; i++) {
      pipeline.aggregator().take(heads[i], batch.bytes(), batch.keyEnd(line), batch.end(line));
    }
  }

  /** Whether the line is for an accumulator that can't take it. */
  private static boolean isEvent(Decision decision, LineBatch batch, int line) {
    return decision.feed != null
        && batch.bytes()[batch.start(line)] == '_'
        && StatsdFormat.isEvent(batch.bytes(), batch.start(line), batch.end(line));
  }

  /**
   * @param unclean whether the line is to be cleansed first; else it was found valid, with its key
   */
  private boolean single(
      Pipeline pipeline, Parcel<LineBatch> parcel, LineBatch batch, int line, boolean unclean) {
    plan.clear();
    Invalid why = null;
    if (unclean) {
      why =
          planner.take(pipeline, batch.format(), batch.bytes(), batch.start(line), batch.end(line));
    } else {
      planner.pass(
          pipeline,
          batch.format(),
          batch.bytes(),
          batch.start(line),
          batch.keyStart(line),
          batch.keyEnd(line),
          batch.end(line));
    }
    if (why != null) {
      refuse(pipeline, parcel, batch, line, why);
      return true;
    }
    Window obstacle = plan.obstacle();
    if (obstacle != null) {
      waitsFor = obstacle;
      return false;
    }
    plan.carryOut();
    return true;
  }

  private static void refuse(
      Pipeline pipeline, Parcel<LineBatch> parcel, LineBatch batch, int line, Invalid why) {
    pipeline.invalid.add(why, 1);
    if (pipeline.feed() != null) {
      pipeline.feed().came(0, 1);
    }
    pipeline.complaints.refused(
        why, batch.bytes(), batch.start(line), batch.end(line), batch.sender(line));
    parcel.refused(line, why);
  }

  /** Says what would happen to a line, without doing it; answers why it would be refused. */
  Invalid explain(String pipeline, LineFormat format, byte[] line, Trace trace) {
    plan.clear();
    Planner talking = new Planner(plan, widest, trace);
    return talking.take(pipelines.get(pipeline), format, line, 0, line.length - 1);
  }
}
