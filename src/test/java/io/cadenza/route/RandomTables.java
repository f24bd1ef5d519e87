package io.cadenza.route;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Configurations and lines from few words, so that everything happens often. */
final class RandomTables {
  private static final String[] TEXTS = {"a", "b", "db", "app", ".", "a.b", "x", "=", "1"};
  private static final String[] REGEXES = {
    "^a", "b$", "^(app|db)", "a.*b", "[0-9]", "\\\\.x\\\\.", "=", "^[^.]*$"
  };
  private static final String[] TARGETS = {"all", "some", "any", "turns", "ring", "first"};
  private static final String[] DATA = {
    "1 1", "2.5 1700000000", "nan 1", "x 1", "1", "1 -1", "  7   8", "1 1 1", ".5 1"
  };

  private RandomTables() {}

  /** Clusters of every policy; round-robin on demand, since what it does depends on each choice. */
  static String clusters(boolean turns) {
    return """
        clusters {
          all { policy = all, destinations = ["tcp://h:1", "tcp://h:2"] }
          some { policy = first-match, destinations = [
            { url = "tcp://h:3", match { prefix = a } }
            { url = "tcp://h:4", match { not-substring = "1", tags = true } }
          ] }
          any { policy = any-of, destinations = ["tcp://h:5", "tcp://h:6", "tcp://h:7"] }
          turns { policy = %s, destinations = ["tcp://h:8", "tcp://h:9"] }
          ring { policy = hash, replicas = 2, diverse-replicas = false,
                 destinations = ["tcp://h:10#a", "tcp://h:11#b", "tcp://h:12#c"] }
          first { policy = failover, destinations = ["tcp://h:13", "tcp://h:14"] }
        }
        """
        .formatted(turns ? "round-robin" : "all");
  }

  static Arbitrary<String> pipelines() {
    Arbitrary<String> nested = pipeline(TARGETS);
    String[] more = new String[TARGETS.length + 2];
    System.arraycopy(TARGETS, 0, more, 0, TARGETS.length);
    more[TARGETS.length] = "nested";
    more[TARGETS.length + 1] = "blackhole";
    return Combinators.combine(pipeline(more), nested)
        .as((main, other) -> "pipelines {\nmain " + main + "\nnested " + other + "\n}\n");
  }

  private static Arbitrary<String> pipeline(String... targets) {
    return Combinators.combine(
            Arbitraries.of("none", "medium", "strict", "clean"),
            matcher().list().ofMaxSize(1),
            matcher().list().ofMaxSize(2),
            rewrite().list().ofMaxSize(2),
            route(targets).list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.integers().between(0, 3))
        .as(
            (level, block, allow, rewrites, routes, lists) ->
                "{ validate = %s, block = %s, allow = %s, rewrite = %s, routes = %s }"
                    .formatted(
                        level,
                        lists == 0 ? block : List.of(),
                        lists == 1 ? allow : List.of(),
                        rewrites,
                        routes));
  }

  private static Arbitrary<String> matcher() {
    return Combinators.combine(
            Arbitraries.of("prefix", "not-prefix", "substring", "not-substring"),
            Arbitraries.of(TEXTS),
            Arbitraries.of("regex", "not-regex", ""),
            Arbitraries.of(REGEXES),
            Arbitraries.of(true, false))
        .as(
            (kind, text, other, regex, tags) ->
                "{ %s = \"%s\"%s, tags = %s }"
                    .formatted(
                        kind,
                        text,
                        other.isEmpty() ? "" : ", " + other + " = \"" + regex + '"',
                        tags));
  }

  private static Arbitrary<String> rewrite() {
    return Combinators.combine(
            Arbitraries.of(TEXTS), Arbitraries.of("", "y", "long.er", "a"), Arbitraries.of(-1, 1))
        .as((old, to, max) -> "{ old = \"%s\", to = \"%s\", max = %d }".formatted(old, to, max));
  }

  private static Arbitrary<String> route(String... targets) {
    return Combinators.combine(
            matcher().injectNull(0.3),
            Arbitraries.of(targets).list().ofMinSize(1).ofMaxSize(2),
            Arbitraries.of(true, false))
        .as(
            (match, to, goOn) ->
                "{ %s to = %s, continue = %s }"
                    .formatted(match == null ? "" : "match " + match + ",", to, goOn));
  }

  /** Lines that have a key for the format; whether they are valid is another thing. */
  static Arbitrary<List<String>> lines() {
    Arbitrary<String> key =
        Combinators.combine(
                Arbitraries.of("a", "b", "app", "db", "x", "1", "a=b", "é", "")
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(4),
                Arbitraries.of("", "", ";t=a", ";t=1;u=x", ";bad"))
            .as((parts, tags) -> "k" + String.join(".", parts) + tags);
    Arbitrary<String> bare = Arbitraries.of("a", "b", "app.a", "db.b", "x", "a.b.x.1", "app");
    return Combinators.combine(Arbitraries.oneOf(key, bare), Arbitraries.of(DATA))
        .as((name, data) -> name + " " + data)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  /** Lines cut into batches of so many. */
  static List<List<String>> cut(List<String> lines, int size) {
    List<List<String>> all = new ArrayList<>();
    for (int at = 0; at < lines.size(); at += size) {
      all.add(lines.subList(at, Math.min(lines.size(), at + size)));
    }
    return all;
  }
}
