package io.cadenza.app;

import io.cadenza.api.ApiConfig;
import io.cadenza.config.Components;
import io.cadenza.listen.ListenerConfig;
import io.cadenza.output.DestinationConfig;
import io.cadenza.route.Behind;
import io.cadenza.route.PipelineConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is different in one configuration from another, thing by thing. Immutable; its text is a
 * line for each.
 *
 * @param changes all of it, in the order of the path of a line
 */
record Difference(List<Change> changes) {
  /** Components of records that the file calls otherwise. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("gzip", "compression"),
          Map.entry("pickle", "protocol"),
          Map.entry("rewrites", "rewrite"),
          Map.entry("aggregates", "aggregate"),
          Map.entry("carbonRules", "aggregation.rules"),
          Map.entry("postRewrites", "rewrite-rules"),
          Map.entry("rewritePost", "aggregation.rewrite-post"),
          Map.entry("members", "destinations"),
          Map.entry("thresholds", "percentiles"),
          Map.entry("histograms", "histogram"),
          Map.entry("clean", "key-name-sanitize"),
          Map.entry("statistics", "calculated-timer-metrics"),
          Map.entry("guesses", "rules"),
          Map.entry("ring", "hash"),
          Map.entry("shutdownDeadline", "shutdown.deadline"),
          Map.entry("shutdownGrace", "shutdown.grace"),
          Map.entry("eventsKept", "limits.events"));

  /** Records in records whose keys are in one block of the file. */
  private static final Set<String> FLAT =
      Set.of("common", "kind", "config", "names", "lifetimes", "rollup", "writing", "own");

  private static final String FILES = "tls: what is in its files";

  /** What is compared thing by thing, and not as a whole. */
  private static final Set<String> APART =
      Set.of(
          "listeners",
          "table",
          "accumulators",
          "destinations",
          "stores",
          "admin",
          "api",
          "cache-query",
          "shell",
          "spool",
          "files");

  /** What a running process can't change: the event loops are made once. */
  private static final Set<String> NEEDS_RESTART = Set.of("instances", "limits", "limits.events");

  /** Whether a thing is new, is no more, or is otherwise than before. */
  enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * One thing that is different.
   *
   * @param thing as {@code listener}; {@code other} for what has no name
   * @param keys those that are different, where it was changed
   */
  record Change(String thing, String name, Kind kind, List<String> keys) {
    @Override
    public String toString() {
      String what = (name.isEmpty() ? thing : thing + " " + name) + ": ";
      return switch (kind) {
        case ADDED -> what + "added";
        case REMOVED -> what + "removed";
        case CHANGED -> what + "changed (" + String.join(", ", keys) + ")" + restart();
      };
    }

    private String restart() {
      List<String> later =
          thing.equals("other")
              ? keys.stream().filter(NEEDS_RESTART::contains).toList()
              : List.of();
      return later.isEmpty() ? "" : "; " + String.join(", ", later) + " with the next start";
    }
  }

  static Difference between(RelayConfig old, RelayConfig next) {
    List<Change> all = new ArrayList<>();
    compare(all, "listener", listeners(old), listeners(next), old, next);
    compare(all, "pipeline", pipelines(old), pipelines(next), old, next);
    compare(all, "cluster", old.table().clusters(), next.table().clusters(), old, next);
    compare(all, "accumulator", old.accumulators(), next.accumulators(), old, next);
    compare(all, "destination", old.destinations(), next.destinations(), old, next);
    compare(all, "store", old.stores(), next.stores(), old, next);
    single(all, "admin", keys(old.admin(), next.admin()));
    single(all, "shell", keys(old.shell(), next.shell()));
    List<String> api = keys(old.api(), next.api());
    if (api.isEmpty() && !stamps(old.api(), old).equals(stamps(next.api(), next))) {
      api.add(FILES);
    }
    single(all, "api", api);
    single(all, "cache-query", keys(old.cacheQuery(), next.cacheQuery()));
    List<String> others = keys(old, next);
    others.removeAll(APART);
    if (!old.table().limits().equals(next.table().limits())) {
      others.add("limits of caches");
    }
    single(all, "other", others);
    return new Difference(List.copyOf(all));
  }

  private static void single(List<Change> all, String thing, List<String> keys) {
    if (!keys.isEmpty()) {
      all.add(new Change(thing, "", Kind.CHANGED, keys));
    }
  }

  /** Those of the file: what stands behind them follows from them. */
  private static Map<String, PipelineConfig> pipelines(RelayConfig config) {
    Map<String, PipelineConfig> all = new LinkedHashMap<>(config.table().pipelines());
    all.keySet().removeIf(Behind::isBehind);
    return all;
  }

  private static Map<String, ListenerConfig> listeners(RelayConfig config) {
    Map<String, ListenerConfig> all = new LinkedHashMap<>();
    config.listeners().forEach(listener -> all.put(listener.name(), listener));
    return all;
  }

  private static <C extends Record> void compare(
      List<Change> all,
      String thing,
      Map<String, C> old,
      Map<String, C> next,
      RelayConfig before,
      RelayConfig after) {
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(next.keySet());
    for (String name : names) {
      if (!old.containsKey(name)) {
        all.add(new Change(thing, name, Kind.ADDED, List.of()));
      } else if (!next.containsKey(name)) {
        all.add(new Change(thing, name, Kind.REMOVED, List.of()));
      } else {
        List<String> keys = keys(old.get(name), next.get(name));
        if (keys.isEmpty()
            && !stamps(old.get(name), before).equals(stamps(next.get(name), after))) {
          keys.add(FILES);
        }
        if (!keys.isEmpty()) {
          all.add(new Change(thing, name, Kind.CHANGED, keys));
        }
      }
    }
  }

  private static Map<Path, String> stamps(Record thing, RelayConfig config) {
    List<Path> files = List.of();
    if (thing instanceof ListenerConfig listener) {
      files = listener.tls().files();
    } else if (thing instanceof DestinationConfig destination) {
      files = destination.tls().files();
    } else if (thing instanceof ApiConfig api) {
      files = api.files();
    }
    return files.stream().distinct().collect(Collectors.toMap(f -> f, f -> config.files().get(f)));
  }

  /** The keys in which two records are different. */
  private static List<String> keys(Record old, Record next) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : old.getClass().getRecordComponents()) {
      boolean sharedByAll = old instanceof DestinationConfig && isShutdown(component);
      Object before = Components.value(component, old);
      Object after = Components.value(component, next);
      if (sharedByAll || Objects.equals(before, after)) {
        continue;
      }
      if (FLAT.contains(component.getName()) && before.getClass() == after.getClass()) {
        keys.addAll(keys((Record) before, (Record) after));
      } else {
        keys.add(key(component.getName()));
      }
    }
    return keys;
  }

  /** The stop's own keys are the same for all destinations, and read when it begins. */
  private static boolean isShutdown(RecordComponent component) {
    return component.getName().equals("shutdownDeadline");
  }

  private static String key(String component) {
    String known = KEYS.get(component);
    return known != null ? known : Components.key(component);
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Whether anything of this sort is different. */
  boolean has(String thing) {
    return changes.stream().anyMatch(change -> change.thing.equals(thing));
  }

  /** The names of what is different in this way. */
  List<String> names(String thing, Kind... kinds) {
    Collection<Kind> wanted = List.of(kinds);
    return changes.stream()
        .filter(change -> change.thing.equals(thing) && wanted.contains(change.kind))
        .map(Change::name)
        .toList();
  }

  /** A line for each thing. */
  List<String> lines() {
    return isEmpty() ? List.of("nothing changed") : changes.stream().map(Change::toString).toList();
  }
}
