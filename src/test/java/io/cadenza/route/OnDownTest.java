package io.cadenza.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.hash.HashRing;
import io.cadenza.hash.Node;
import io.cadenza.hash.Rings;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings without the members that are down. */
class OnDownTest {
  private static final String[] LINES =
      IntStream.range(0, 500).mapToObj(i -> "servers.web" + i + ".cpu 1 1").toArray(String[]::new);

  private static String conf(String keys) {
    return """
        pipelines { main { validate = none, routes = [ { to = [c] } ] } }
        clusters { c { policy = hash, %s, destinations = [
          "tcp://h1:1#a", "tcp://h2:2#b", "tcp://h3:3#c", "tcp://h4:4#d", "tcp://h5:5#e" ] } }
        """
        .formatted(keys);
  }

  /** What each destination gets when only these members are configured. */
  private static Map<String, String> expected(String conf, int... members) {
    ClusterConfig config = Rig.table(conf).clusters().get("c");
    List<Node> left = IntStream.of(members).mapToObj(config.nodes()::get).toList();
    HashRing ring = Rings.of(config.ring(), left);
    Map<String, String> all = new LinkedHashMap<>();
    config.members().forEach(member -> all.put(member.destination(), ""));
    int[] into = new int[members.length];
    for (String line : LINES) {
      byte[] key = line.substring(0, line.indexOf(' ')).getBytes(UTF_8);
      int count = ring.replicas(key, 0, key.length, into);
      for (int i = 0; i < count; i++) {
        String name = config.members().get(members[into[i]]).destination();
        all.merge(name, line + "\n", String::concat);
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hash = carbon_ch",
        "hash = carbon_ch, replicas = 2",
        "hash = fnv1a_ch, fast = true",
        "hash = jump_fnv1a_ch",
        "hash = crng-v2",
        "hash = statsd-proxy",
        "hash = cadent, algo = md5, elter = graphite, vnodes = 100, replicas = 2"
      })
  void aMemberThatIsDownIsAsIfItWasNotConfigured(String hash) {
    String conf = conf("on-down = remove, " + hash);
    Rig rig = new Rig(conf);
    rig.state("c/h2:2#b").up(false);
    rig.state("c/h5:5#e").checked(false, "because");

    rig.route("main", LINES);

    assertThat(rig.all()).isEqualTo(expected(conf, 0, 2, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash = carbon_ch", "hash = statsd-proxy", "hash = jump_fnv1a_ch"})
  void allIsAsBeforeWhenItIsBack(String hash) {
    String conf = conf("on-down = remove, " + hash);
    Rig rig = new Rig(conf);
    rig.state("c/h2:2#b").up(false);
    rig.route("main", "x 1 1", "y 1 1", "z 1 1");
    Map<String, String> before = rig.all();
    rig.state("c/h2:2#b").up(true);

    rig.route("main", LINES);

    Map<String, String> all = rig.all();
    before.forEach(
        (name, text) -> all.computeIfPresent(name, (n, s) -> s.substring(text.length())));
    assertThat(all).isEqualTo(expected(conf, 0, 1, 2, 3, 4));
  }

  @Test
  void whileAllAreDownLinesWaitForTheirOwnDestinations() {
    String conf = conf("on-down = remove, hash = carbon_ch");
    Rig rig = new Rig(conf);
    rig.all().keySet().forEach(name -> rig.state(name).up(false));

    rig.route("main", LINES);

    assertThat(rig.all()).isEqualTo(expected(conf, 0, 1, 2, 3, 4));
  }

  @Test
  void moreReplicasThanAreLeftAreAsManyAsThereAre() {
    String conf = conf("on-down = remove, replicas = 3, hash = carbon_ch");
    Rig rig = new Rig(conf);
    List.of("c/h1:1#a", "c/h2:2#b", "c/h3:3#c").forEach(name -> rig.state(name).up(false));

    rig.route("main", LINES);

    assertThat(rig.at("c/h4:4#d")).isEqualTo(String.join("\n", LINES) + "\n");
    assertThat(rig.at("c/h5:5#e")).isEqualTo(rig.at("c/h4:4#d"));
  }

  @Test
  void membersAreKeptWhereItIsNotToldOtherwise() {
    String conf = conf("hash = carbon_ch");
    Rig rig = new Rig(conf);
    rig.state("c/h2:2#b").up(false);

    rig.route("main", LINES);

    assertThat(rig.router.changes()).isFalse();
    assertThat(rig.all()).isEqualTo(expected(conf, 0, 1, 2, 3, 4));
  }

  @Test
  void aRingIsMadeOnceAChangeAndNotForAMemberThatComesAndGoes() {
    Live live = new Live(RingMaker.HERE);
    live.up(1, false);
    live.ring.refresh();
    live.ring.refresh();
    live.up(1, true);
    live.ring.refresh();
    live.up(1, false);
    live.ring.refresh();

    assertThat(live.used).hasSize(3);
    assertThat(live.used.get(0)).isNotSameAs(live.full);
    assertThat(live.used.get(1)).isSameAs(live.full);
    assertThat(live.used.get(2)).isSameAs(live.used.get(0));
  }

  @Test
  void whatChangesWhileARingIsMadeIsFollowedAfterwards() {
    List<Runnable> work = new ArrayList<>();
    Live live = new Live((make, done) -> work.add(() -> done.accept(make.get())));
    live.up(1, false);
    live.ring.refresh();
    live.up(2, false);
    live.ring.refresh();
    assertThat(work).hasSize(1);
    assertThat(live.used).isEmpty();

    work.get(0).run();

    assertThat(work).hasSize(2);
    assertThat(live.nodesOf(0)).containsExactly(0, 2, 3, 4);
    work.get(1).run();
    assertThat(live.nodesOf(1)).containsExactly(0, 3, 4);
    assertThat(live.used).hasSize(2);
  }

  @Test
  void aRingThatCouldNotBeMadeIsMadeAtTheNextChange() {
    List<Consumer<HashRing>> waiting = new ArrayList<>();
    Live live = new Live((make, done) -> waiting.add(done));
    live.up(1, false);
    live.ring.refresh();
    waiting.get(0).accept(null);
    live.up(2, false);

    live.ring.refresh();

    assertThat(waiting).hasSize(2);
  }

  /** The live ring of five members. */
  private static final class Live {
    private final List<DestinationState> states = new ArrayList<>();
    private final List<HashRing> used = new ArrayList<>();
    private final HashRing full;
    private final LiveRing ring;

    Live(RingMaker maker) {
      ClusterConfig config = Rig.table(conf("on-down = remove")).clusters().get("c");
      full = Rings.of(config.ring(), config.nodes());
      Meters meters = new Meters(new SimpleMeterRegistry());
      List<Outlet> outlets = new ArrayList<>();
      for (ClusterConfig.Member member : config.members()) {
        DestinationState state = new DestinationState(member.destination(), 1 << 20, OnFull.BLOCK);
        states.add(state);
        outlets.add(new Outlet(state, new DestinationMeters(meters, state.name()), run -> {}));
      }
      ring = new LiveRing(full, outlets, maker, used::add);
    }

    void up(int member, boolean up) {
      states.get(member).up(up);
    }

    List<Integer> nodesOf(int ring) {
      return used.get(ring).points().stream().map(p -> p.node()).distinct().sorted().toList();
    }
  }
}
