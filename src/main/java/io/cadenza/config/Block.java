package io.cadenza.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One block of the configuration, and what has been read of it.
 *
 * <p>There is one of it for a path however many {@link Settings} look at it, so that at the end it
 * can tell which keys nobody knew.
 */
final class Block {
  final String path;
  final ConfigObject values;

  /** The path with {@code *} for the names and places that an operator chose. */
  private final String pattern;

  private final ConfigObject reference;
  private final Reading reading;
  private final Set<String> read = new TreeSet<>();
  private final Map<String, Block> children = new HashMap<>();
  private final Map<String, List<Block>> elements = new HashMap<>();
  private final Set<Block> defaults = new LinkedHashSet<>();

  /** What all blocks of one configuration share. */
  record Reading(Problems problems, Set<String> keysRead) {}

  private Block(
      String path, String pattern, ConfigObject values, ConfigObject reference, Reading reading) {
    this.path = path;
    this.pattern = pattern;
    this.values = values;
    this.reference = reference;
    this.reading = reading;
  }

  static Block root(ConfigObject values, ConfigObject reference, Problems problems) {
    return new Block("", "", values, reference, new Reading(problems, new TreeSet<>()));
  }

  Problems problems() {
    return reading.problems;
  }

  Set<String> keysRead() {
    return Set.copyOf(reading.keysRead);
  }

  /** The value, which may be HOCON's null; Java's null when there is no such key. */
  ConfigValue value(String key) {
    return values.get(key);
  }

  /** Some code knows this key and reads a value from it. */
  void know(String key) {
    read.add(key);
    reading.keysRead.add(Shown.path(pattern, key));
  }

  /** What the other block knows is known here too. */
  void defaultsTo(Collection<Block> others) {
    defaults.addAll(others);
  }

  Block child(String key) {
    read.add(key);
    return children.computeIfAbsent(key, k -> child(k, Shown.path(pattern, k)));
  }

  /** A block whose name the operator chose. */
  Block named(String key) {
    return children.computeIfAbsent(key, k -> child(k, pattern + ".*"));
  }

  private Block child(String key, String childPattern) {
    ConfigValue value = value(key);
    String childPath = Shown.path(path, key);
    ConfigObject inside = value instanceof ConfigObject object ? object : empty(value);
    if (value != null && value.valueType() != ConfigValueType.NULL && inside != value) {
      report(childPath, value, "is not a block; write " + key + " { ... }");
    }
    return new Block(childPath, childPattern, inside, inside(reference, key), reading);
  }

  /** The blocks of a list; a text among them stands for a block with that one key, if there is. */
  List<Block> elements(String key, String shorthand) {
    know(key);
    return elements.computeIfAbsent(key, k -> elements(k, items(k), shorthand));
  }

  private List<Block> elements(String key, List<ConfigValue> items, String shorthand) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      ConfigValue item = items.get(i);
      String itemPath = Shown.path(path, key) + "[" + i + "]";
      if (item.valueType() == ConfigValueType.STRING && !shorthand.isEmpty()) {
        item = item.atKey(shorthand).root().withOrigin(item.origin());
      }
      if (item instanceof ConfigObject object) {
        String itemPattern = Shown.path(pattern, key) + "[*]";
        blocks.add(new Block(itemPath, itemPattern, object, none(), reading));
      } else {
        String orText = shorthand.isEmpty() ? "" : " or a text (its " + shorthand + ")";
        report(itemPath, item, "is not a block" + orText + "; write { ... }");
      }
    }
    return List.copyOf(blocks);
  }

  /** The elements of a list; none when it is absent, or is no list, which is a problem. */
  List<ConfigValue> items(String key) {
    ConfigValue value = value(key);
    if (value instanceof com.typesafe.config.ConfigList list) {
      return list;
    }
    if (value != null && value.valueType() != ConfigValueType.NULL) {
      report(Shown.path(path, key), value, "is not a list; write [ ... ]");
    }
    return List.of();
  }

  void report(String where, ConfigValue value, String message) {
    reading.problems.add(where, Shown.value(value), message, Shown.where(value.origin()));
  }

  ConfigOrigin origin(String key) {
    ConfigValue value = value(key);
    return value == null ? values.origin() : value.origin();
  }

  /** Tells of each key here and below that nobody read and that the reference does not have. */
  void done() {
    Set<String> known = known();
    FileOrder.keys(values).forEach(key -> done(key, known));
  }

  private void done(String key, Set<String> known) {
    if (children.containsKey(key)) {
      children.get(key).done();
    } else if (elements.containsKey(key)) {
      elements.get(key).forEach(Block::done);
    } else if (!known.contains(key)) {
      String where = Shown.where(origin(key));
      reading.problems.add(Shown.path(path, key), "", "unknown key" + hint(key, known), where);
    } else if (value(key) instanceof ConfigObject && reference.get(key) instanceof ConfigObject) {
      child(key).done();
    }
  }

  private static String hint(String key, Set<String> known) {
    String nearest = Nearest.to(key, known);
    if (!nearest.isEmpty()) {
      return "; did you mean \"" + nearest + "\"?";
    }
    return known.isEmpty() ? "" : "; known: " + String.join(", ", known);
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>(read);
    known.addAll(reference.keySet());
    defaults.forEach(other -> known.addAll(other.known()));
    return known;
  }

  private ConfigObject empty(ConfigValue value) {
    return none().withOrigin(value == null ? values.origin() : value.origin());
  }

  private static ConfigObject inside(ConfigObject object, String key) {
    return object.get(key) instanceof ConfigObject inner ? inner : none();
  }

  private static ConfigObject none() {
    return ConfigFactory.empty().root();
  }
}
