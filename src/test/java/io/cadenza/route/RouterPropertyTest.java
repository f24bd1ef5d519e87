package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.bus.Parcel;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RouterPropertyTest {
  private static final List<String> KINDS =
      List.of("pipelines", "routes", "clusters", "destinations");

  @Provide
  Arbitrary<String> pipelines() {
    return RandomTables.pipelines();
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return RandomTables.lines();
  }

  /** Behind another pipeline, each line is planned by itself. */
  @Property(tries = 300)
  void doesTheSameLineByLineAsRunByRun(
      @ForAll("pipelines") String pipelines,
      @ForAll("lines") List<String> lines,
      @ForAll @IntRange(min = 1, max = 20) int size) {
    String conf = pipelines + RandomTables.clusters(true);
    String front = "pipelines.front { validate = none, routes = [ { to = [main] } ] }";
    Rig runs = new Rig(conf);
    Rig careful = new Rig(conf + front);

    for (List<String> batch : RandomTables.cut(lines, size)) {
      runs.route("main", batch.toArray(new String[0]));
      careful.route("front", batch.toArray(new String[0]));
    }

    assertThat(careful.all()).isEqualTo(runs.all());
    for (String kind : KINDS) {
      assertThat(careful.figures(kind, "front")).isEqualTo(runs.figures(kind, "front"));
    }
  }

  @Property(tries = 300)
  void losesAndDoublesNothingByWaiting(
      @ForAll("pipelines") String pipelines,
      @ForAll("lines") List<String> lines,
      @ForAll @IntRange(min = 1, max = 20) int size) {
    String conf = pipelines + RandomTables.clusters(false);
    Rig free = new Rig(conf);
    // Room for few lines at once, so that some batches stop more than once.
    Rig narrow = new Rig(conf, name -> new DestinationState(name, 24, OnFull.BLOCK));

    for (List<String> batch : RandomTables.cut(lines, size)) {
      free.route("main", batch.toArray(new String[0]));
      Parcel<LineBatch> parcel = Rig.parcel("main", batch);
      for (int done = 0; done < batch.size(); ) {
        done = narrow.router.route(parcel, done);
        narrow.router.flush();
        if (done < batch.size()) {
          assertThat(narrow.router.waitsFor().full()).isTrue();
          narrow.emptyAll();
        }
      }
    }

    assertThat(narrow.all()).isEqualTo(free.all());
    for (String kind : KINDS) {
      assertThat(withoutHolds(narrow.figures(kind, "-")))
          .isEqualTo(withoutHolds(free.figures(kind, "-")));
    }
  }

  @Property(tries = 300)
  void keepsTheBalance(@ForAll("pipelines") String pipelines, @ForAll("lines") List<String> lines) {
    Rig rig = new Rig(pipelines + RandomTables.clusters(true));

    rig.route("main", lines.toArray(new String[0]));

    assertThat(rig.figure("pipelines", "main", "lines-in")).isEqualTo(lines.size());
    for (var entry : rig.figures("pipelines", "-").entrySet()) {
      Map<?, ?> figures = (Map<?, ?>) entry.getValue();
      assertThat(sum(figures.get("lines-in")))
          .as(entry.getKey())
          .isEqualTo(
              sum(figures.get("lines-out"))
                  + sum(figures.get("invalid"))
                  + sum(figures.get("blocked"))
                  + sum(figures.get("dropped")));
    }
  }

  @Property(tries = 300)
  void isExplainedAsItHappens(
      @ForAll("pipelines") String pipelines, @ForAll("lines") List<String> lines) {
    String conf = pipelines + RandomTables.clusters(true);
    Rig rig = new Rig(conf);
    Explainer explainer = new Explainer(Rig.table(conf));
    for (String line : lines) {
      Map<String, String> before = rig.all();
      rig.route("main", line);

      Explainer.Explanation told = explainer.explain("main", new GraphiteFormat(), line);

      assertThat(new TreeSet<>(told.sent())).as(line).isEqualTo(changed(before, rig.all()));
      assertThat(told.dropped() == null).as(line).isEqualTo(!told.sent().isEmpty());
    }
  }

  /** Destinations that got something, as the configuration writes them. */
  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    Set<String> all = new TreeSet<>();
    after.forEach(
        (name, text) -> {
          if (!text.equals(before.get(name))) {
            all.add("tcp://" + name.substring(name.indexOf('/') + 1));
          }
        });
    return all;
  }

  private static Map<String, Object> withoutHolds(Map<String, Object> figures) {
    Map<String, Object> all = new TreeMap<>();
    figures.forEach(
        (name, own) -> {
          Map<Object, Object> rest = new TreeMap<>((Map<?, ?>) own);
          rest.keySet().removeAll(Set.of("holds"));
          all.put(name, rest);
        });
    return all;
  }

  private static long sum(Object figure) {
    if (figure instanceof Map<?, ?> reasons) {
      return reasons.values().stream().mapToLong(n -> ((Number) n).longValue()).sum();
    }
    return figure == null ? 0 : ((Number) figure).longValue();
  }
}
