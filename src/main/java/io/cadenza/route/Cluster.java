package io.cadenza.route;

import io.cadenza.hash.Rings;
import io.cadenza.line.Bytes;
import io.cadenza.line.LineBatch;
import io.cadenza.match.PatternSet;
import io.cadenza.meter.Meters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One router's working copy of a cluster: which of its outlets a line goes to. One thread. */
abstract class Cluster {
  private final ClusterConfig config;
  private final Outlet[] outlets;
  private final Count count;
  private final int[] chosen;
  private final boolean spreads;

  Cluster(ClusterConfig config, List<Outlet> outlets, Count count) {
    this.config = config;
    this.outlets = outlets.toArray(new Outlet[0]);
    this.count = count;
    this.chosen = new int[this.outlets.length];
    this.spreads = outlets.stream().anyMatch(Outlet::spreads);
  }

  /**
   * @param outlets one for each member, in order
   * @param start where a round-robin begins: routers begin at different destinations
   * @param maker makes rings anew
   */
  static Cluster of(
      ClusterConfig config,
      CacheLimits limits,
      List<Outlet> outlets,
      Count count,
      int start,
      RingMaker maker) {
    return switch (config.policy()) {
      case ALL, FIRST_MATCH ->
          config.members().stream().allMatch(m -> m.match().conditions().isEmpty())
              ? new Everywhere(config, outlets, count)
              : new Matching(config, limits, outlets, count);
      case ANY_OF -> new AnyOf(config, outlets, count);
      case FAILOVER -> new Failover(config, outlets, count);
      case ROUND_ROBIN -> new RoundRobin(config, outlets, count, start);
      case HASH -> new HashCluster(config, limits, outlets, count, maker);
    };
  }

  final ClusterConfig config() {
    return config;
  }

  final Count count() {
    return count;
  }

  final Outlet outlet(int member) {
    return outlets[member];
  }

  final int size() {
    return outlets.length;
  }

  /** Whether {@link #refresh} has to be called now and then. */
  boolean changes() {
    return false;
  }

  /** Looks whether members came up or went down, where that changes more than a choice. */
  void refresh() {
    // Only rings do.
  }

  /** Says how full its caches are, where it has any. */
  void tell(Levels levels, Meters.Scope scope) {}

  /** Whether a member that lines may go to has no room now, so that they have to wait. */
  final boolean anyBlocks() {
    for (int i = 0; i < outlets.length; i++) {
      if (outlets[i].blocks() && mayGet(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether lines may go to this member as things are. */
  boolean mayGet(int member) {
    return true;
  }

  /** The same for a policy that passes over members that are down, unless all are. */
  final boolean isUpOrAllAreDown(int member) {
    if (outlets[member].up()) {
      return true;
    }
    for (Outlet outlet : outlets) {
      if (outlet.up()) {
        return false;
      }
    }
    return true;
  }

  /** Fills in the members that a line goes to, in the order of choice, and answers how many. */
  abstract int choose(byte[] bytes, int keyStart, int keyEnd, int[] into);

  /**
   * The keys that a choice goes by, for display; none when it is the line's own, or none at all.
   */
  List<String> goesBy(byte[] bytes, int keyStart, int keyEnd) {
    return List.of();
  }

  /** Whether the choice is the same for all lines of a moment, whatever their keys. */
  boolean sameForAll() {
    return false;
  }

  /** Sends lines that lie one behind another, none of which has to wait. */
  final void deliver(LineBatch batch, int first, int last) {
    byte[] bytes = batch.bytes();
    if (spreads) {
      deliverByKey(batch, first, last);
      return;
    }
    if (sameForAll()) {
      int n = choose(bytes, batch.keyStart(first), batch.keyEnd(first), chosen);
      for (int i = 0; i < n; i++) {
        outlets[chosen[i]].appendFrozen(
            batch, batch.start(first), batch.end(last) + 1, last - first + 1);
      }
      return;
    }
    deliverEach(batch, first, last);
  }

  /** The same, each line to where it belongs. */
  void deliverEach(LineBatch batch, int first, int last) {
    byte[] bytes = batch.bytes();
    for (int line = first; line <= last; line++) {
      int n = choose(bytes, batch.keyStart(line), batch.keyEnd(line), chosen);
      for (int i = 0; i < n; i++) {
        outlets[chosen[i]].append(bytes, batch.start(line), batch.end(line) + 1, 1);
      }
    }
  }

  /** The same where lines of one destination part by key. */
  private void deliverByKey(LineBatch batch, int first, int last) {
    byte[] bytes = batch.bytes();
    for (int line = first; line <= last; line++) {
      int keyStart = batch.keyStart(line);
      int keyEnd = batch.keyEnd(line);
      int n = choose(bytes, keyStart, keyEnd, chosen);
      for (int i = 0; i < n; i++) {
        Outlet lane = outlets[chosen[i]].lane(bytes, keyStart, keyEnd);
        lane.append(bytes, batch.start(line), batch.end(line) + 1, 1);
      }
    }
  }

  /** All members, or the first: nothing depends on the key. */
  private static final class Everywhere extends Cluster {
    private final int members;

    Everywhere(ClusterConfig config, List<Outlet> outlets, Count count) {
      super(config, outlets, count);
      members = config.policy() == Policy.ALL ? outlets.size() : Math.min(1, outlets.size());
    }

    @Override
    int choose(byte[] bytes, int keyStart, int keyEnd, int[] into) {
      for (int i = 0; i < members; i++) {
        into[i] = i;
      }
      return members;
    }

    @Override
    boolean sameForAll() {
      return true;
    }
  }

  /** All members whose matcher holds, or the first of them. */
  private static final class Matching extends Cluster {
    private final MatcherTable matchers;
    private final int atMost;
    private int[][] members = new int[16][];

    Matching(ClusterConfig config, CacheLimits limits, List<Outlet> outlets, Count count) {
      super(config, outlets, count);
      MatcherTable.Builder builder = new MatcherTable.Builder();
      config.members().forEach(m -> builder.add(m.match()));
      matchers = builder.build(limits);
      atMost = config.policy() == Policy.ALL ? outlets.size() : 1;
    }

    @Override
    void tell(Levels levels, Meters.Scope scope) {
      levels.add(scope, matchers);
    }

    @Override
    int choose(byte[] bytes, int keyStart, int keyEnd, int[] into) {
      int outcome = matchers.outcome(bytes, keyStart, keyEnd);
      int[] found = outcome < members.length ? members[outcome] : null;
      if (found == null) {
        found = find(outcome);
        keep(outcome, found);
      }
      System.arraycopy(found, 0, into, 0, found.length);
      return found.length;
    }

    private int[] find(int outcome) {
      return IntStream.range(0, size())
          .filter(i -> matchers.holds(i, outcome))
          .limit(atMost)
          .toArray();
    }

    private void keep(int outcome, int[] found) {
      if (outcome != PatternSet.UNCACHED) {
        if (outcome >= members.length) {
          members = Arrays.copyOf(members, Math.max(members.length * 2, outcome + 1));
        }
        members[outcome] = found;
      }
    }
  }

  /** One member by key: carbon-c-relay's any_of hashes with FNV-1a, 32 bits, unfolded. */
  private static final class AnyOf extends Cluster {
    private final int[] up;

    AnyOf(ClusterConfig config, List<Outlet> outlets, Count count) {
      super(config, outlets, count);
      up = new int[outlets.size()];
    }

    @Override
    boolean mayGet(int member) {
      return isUpOrAllAreDown(member);
    }

    @Override
    int choose(byte[] bytes, int keyStart, int keyEnd, int[] into) {
      int name = Bytes.nameEnd(bytes, keyStart, keyEnd);
      long hash = Rings.fnv1a(bytes, keyStart, name) & 0xffffffffL;
      int member = (int) (hash % size());
      if (!outlet(member).up()) {
        int n = 0;
        for (int i = 0; i < size(); i++) {
          if (outlet(i).up()) {
            up[n++] = i;
          }
        }
        member = n == 0 ? member : up[(int) (hash % n)];
      }
      into[0] = member;
      return 1;
    }
  }

  /** The first member that is up; the first of all while none is. */
  private static final class Failover extends Cluster {
    Failover(ClusterConfig config, List<Outlet> outlets, Count count) {
      super(config, outlets, count);
    }

    @Override
    boolean mayGet(int member) {
      return isUpOrAllAreDown(member);
    }

    @Override
    int choose(byte[] bytes, int keyStart, int keyEnd, int[] into) {
      into[0] = 0;
      for (int i = 0; i < size(); i++) {
        if (outlet(i).up()) {
          into[0] = i;
          break;
        }
      }
      return 1;
    }

    @Override
    boolean sameForAll() {
      return true;
    }
  }

  /** One member after the other, passing over those that are down. */
  private static final class RoundRobin extends Cluster {
    private int next;

    RoundRobin(ClusterConfig config, List<Outlet> outlets, Count count, int start) {
      super(config, outlets, count);
      next = start % outlets.size();
    }

    @Override
    boolean mayGet(int member) {
      return isUpOrAllAreDown(member);
    }

    @Override
    int choose(byte[] bytes, int keyStart, int keyEnd, int[] into) {
      into[0] = step();
      for (int tries = 1; tries < size() && !outlet(into[0]).up(); tries++) {
        into[0] = step();
      }
      return 1;
    }

    private int step() {
      int now = next;
      next = now + 1 == size() ? 0 : now + 1;
      return now;
    }
  }
}
