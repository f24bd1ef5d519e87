package io.cadenza.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is unwise about a ring that can be made. */
final class Warnings {
  /** Multiples of the mean; carbon's own rings of distinct nodes stay within. */
  private static final double TOO_MUCH = 1.5;

  private static final double TOO_LITTLE = 0.5;

  private final RingSpec spec;
  private final List<Node> nodes;
  private final RingKind kind;
  private final List<String> found = new ArrayList<>();

  Warnings(RingSpec spec, List<Node> nodes) {
    this.spec = spec;
    this.nodes = nodes;
    this.kind = RingKind.named(spec.hash());
  }

  List<String> all() {
    if (!Rings.problems(spec, nodes).isEmpty() || nodes.isEmpty()) {
      return List.of();
    }
    HashRing ring = Rings.of(spec, nodes);
    fast();
    duplicates();
    tooManyReplicas(ring);
    String same = sameLabels();
    Balance balance = Balance.of(ring);
    boolean uneven = balance.max() > TOO_MUCH || balance.min() < TOO_LITTLE;
    if (!same.isEmpty() || uneven) {
      found.add(same + (uneven ? uneven(balance) : "the keys are spread evenly all the same"));
    }
    return List.copyOf(found);
  }

  private void fast() {
    if (spec.fast() && !kind.ofCarbon()) {
      found.add("fast is of carbon_ch, fnv1a_ch and mmh3_ch; " + spec.hash() + " ignores it");
    }
  }

  /** carbon refuses to start with two destinations that differ in their port alone. */
  private void duplicates() {
    Set<List<String>> seen = new HashSet<>();
    for (Node node : nodes) {
      String host = node.plainHost();
      boolean twice = !seen.add(Arrays.asList(host, node.instance()));
      if (kind.ofCarbon() && twice) {
        found.add(
            node.name()
                + " repeats the host and instance of another destination: carbon refuses that,"
                + " give each an instance of its own");
      }
    }
  }

  private void tooManyReplicas(HashRing ring) {
    if (ring.width() < spec.replicas()) {
      boolean hosts = kind.ofCarbon() && spec.diverseReplicas() && nodes.size() > ring.width();
      String why = hosts ? " on different hosts (diverse-replicas)" : " with points of their own";
      found.add(
          "replicas is "
              + spec.replicas()
              + ", but there are only "
              + ring.width()
              + " destinations"
              + why);
    }
  }

  /** Names nodes that are hashed by the same text, or answers nothing. */
  private String sameLabels() {
    if (kind == RingKind.JUMP) {
      return "";
    }
    Map<String, List<Node>> byLabel =
        nodes.stream()
            .collect(
                Collectors.groupingBy(
                    node -> Rings.label(spec, node), LinkedHashMap::new, Collectors.toList()));
    return byLabel.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> names(entry.getValue()) + " are all hashed as " + entry.getKey() + ": ")
        .collect(Collectors.joining());
  }

  private static String names(List<Node> nodes) {
    return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
  }

  private String uneven(Balance balance) {
    int most = balance.shares().indexOf(balance.max());
    int least = balance.shares().indexOf(balance.min());
    return String.format(
        Locale.ROOT,
        "%s spreads keys unevenly: %s gets %.1f %%, %s %.1f %%, where even would be %.1f %%",
        spec.hash(),
        nodes.get(most).name(),
        balance.percent(most),
        nodes.get(least).name(),
        balance.percent(least),
        100.0 / nodes.size());
  }
}
