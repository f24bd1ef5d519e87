package io.cadenza.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A view of one block of the configuration that knows its path.
 *
 * <p>Every read is typed. A wrong or missing value is added to the {@link Problems} and something
 * harmless is answered (the value of the defaults, where there is one, else the least allowed), so
 * that reading goes on and all problems are told together. Every key read is remembered; {@link
 * Problems#finish} tells of the keys that nobody knew. A value of {@code null} is an absent one.
 *
 * <p>Records are read from it once, before anything is started, or from an edit at run time. One
 * thread.
 */
public final class Settings {
  /** The block itself, then those it takes defaults from; the first that has a key counts. */
  private final List<Block> layers;

  private Settings(List<Block> layers) {
    this.layers = layers;
    own().defaultsTo(layers.subList(1, layers.size()));
  }

  /** A view of a whole configuration that has been resolved, with no reference beside it. */
  public static Settings root(Config config, Problems problems) {
    return root(config.root(), ConfigFactory.empty().root(), problems);
  }

  static Settings root(ConfigObject values, ConfigObject reference, Problems problems) {
    return new Settings(List.of(Block.root(values, reference, problems)));
  }

  /**
   * A view of values that the program has found elsewhere, as in a file of another system's.
   *
   * @param where what problems tell instead of a file and line
   */
  public static Settings of(Map<String, String> values, String where, Problems problems) {
    ConfigObject block = ConfigFactory.parseMap(values, where).root();
    return root(block, ConfigFactory.empty().root(), problems);
  }

  /** Where this block is: {@code clusters.ring.destinations[1]}; empty for the whole. */
  public String path() {
    return own().path;
  }

  /** Where the problems of this configuration are collected. */
  public Problems problems() {
    return own().problems();
  }

  /** A view of this block where a key that is absent is read from the other. */
  public Settings withDefaults(Settings defaults) {
    List<Block> all = new ArrayList<>(layers);
    all.addAll(defaults.layers);
    return new Settings(List.copyOf(all));
  }

  /** Is there a value, here or in the defaults? False for {@code null}. */
  public boolean has(String key) {
    return !isAbsent(value(know(key)));
  }

  /** Is the value one of text, not a block or list? Numbers and flags are text as well. */
  public boolean isText(String key) {
    ConfigValue value = value(know(key));
    return !isAbsent(value)
        && value.valueType() != ConfigValueType.OBJECT
        && value.valueType() != ConfigValueType.LIST;
  }

  /** The block of that name, with the defaults' block of the same name; empty when missing. */
  public Settings block(String key) {
    return new Settings(layers.stream().map(layer -> layer.child(key)).toList());
  }

  /** The blocks whose names the operator chose, in the order of the file; {@code null} is none. */
  public Map<String, Settings> blocks(String key) {
    Block parent = holder(key).child(key);
    own().child(key);
    Map<String, Settings> blocks = new LinkedHashMap<>();
    for (String name : FileOrder.keys(parent.values)) {
      Block block = parent.named(name);
      if (!isAbsent(parent.value(name))) {
        blocks.put(name, new Settings(List.of(block)));
      }
    }
    return blocks;
  }

  /** The blocks of a list; empty when it is absent. */
  public List<Settings> list(String key) {
    return list(key, "");
  }

  /**
   * The blocks of a list in which a plain text is short for a block with one key: with {@code url},
   * {@code "tcp://a:1"} is {@code { url = "tcp://a:1" }}.
   */
  public List<Settings> list(String key, String shorthandKey) {
    know(key);
    return holder(key).elements(key, shorthandKey).stream()
        .map(element -> new Settings(List.of(element)))
        .toList();
  }

  /** A text; with words given, one of those. */
  public String text(String key, String... oneOf) {
    return read(key, Kind.oneOf(List.of(oneOf)));
  }

  /** A text that may be absent: for the keys that the reference has as {@code null}. */
  public String textOr(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /** A list of texts, each one of the words if any are given; empty when it is absent. */
  public List<String> texts(String key, String... oneOf) {
    know(key);
    Block holder = holder(key);
    Kind<String> kind = Kind.oneOf(List.of(oneOf));
    List<ConfigValue> items = holder.items(key);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      try {
        texts.add(kind.read(items.get(i)));
      } catch (Complaint wrong) {
        String path = Shown.path(holder.path, key) + "[" + i + "]";
        holder.report(path, items.get(i), wrong.getMessage());
      }
    }
    return List.copyOf(texts);
  }

  /** A whole number between the two, both allowed. */
  public int count(String key, int min, int max) {
    return read(key, Kind.count(min, max));
  }

  /** A number of bytes: {@code 4096}, {@code 64k}, {@code 16MiB}. */
  public long bytes(String key, long min, long max) {
    return read(key, Kind.bytes(min, max));
  }

  /** A time with its unit: {@code 500ms}, {@code 10s}. A bare number is a problem. */
  public Duration duration(String key, Duration min, Duration max) {
    return read(key, Kind.duration(min, max));
  }

  /**
   * A time with its unit, where the words say something else: to be asked for when the text is none
   * of them, so that the problem tells of them too.
   */
  public Duration durationOr(List<String> words, String key, Duration min, Duration max) {
    return read(key, Kind.duration(min, max).or(words));
  }

  /** True or false, yes or no, on or off. */
  public boolean flag(String key) {
    return read(key, Kind.flag());
  }

  /** A number between the two, both allowed. */
  public double fraction(String key, double min, double max) {
    return read(key, Kind.fraction(min, max));
  }

  /** One of an enum's constants: {@code drop-oldest} for {@code DROP_OLDEST}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return read(key, Kind.choice(type));
  }

  /** A secret; {@link Secret#none()} when absent. No problem ever shows it. */
  public Secret secret(String key) {
    return has(key) ? read(key, Kind.secret()) : Secret.none();
  }

  /**
   * A block whose keys the operator chose, as for what a library reads of its own: texts by their
   * whole names, dots and all. Any of them may be a secret. Empty when it is absent.
   */
  public Map<String, Secret> secrets(String key) {
    know(key);
    Block holder = holder(key);
    Map<String, Secret> secrets = new LinkedHashMap<>();
    if (holder.value(key) instanceof ConfigObject object) {
      addSecrets(object, "", Shown.path(holder.path, key), secrets);
    } else if (!isAbsent(holder.value(key))) {
      holder.report(
          Shown.path(holder.path, key), holder.value(key), "is not a block; write { ... }");
    }
    return secrets;
  }

  private void addSecrets(ConfigObject from, String prefix, String path, Map<String, Secret> to) {
    for (String name : FileOrder.keys(from)) {
      ConfigValue value = from.get(name);
      if (value instanceof ConfigObject inner) {
        addSecrets(inner, prefix + name + ".", Shown.path(path, name), to);
      } else if (value.valueType() == ConfigValueType.LIST) {
        problems().add(Shown.path(path, name), "", "is not a text", Shown.where(value.origin()));
      } else if (!isAbsent(value)) {
        to.put(prefix + name, Secret.of(Shown.scalar(value)));
      }
    }
  }

  /** A file that is there and can be read; a relative one is relative to the working folder. */
  public Path file(String key) {
    return read(key, Kind.file());
  }

  /** Tells when two files that were read are no certificate and its private key, PEM. */
  public void checkKeyPair(String certificateKey, Path certificate, String keyKey, Path key) {
    boolean both = certificate != null && key != null;
    if (!both || !Files.isRegularFile(certificate) || !Files.isRegularFile(key)) {
      return; // That is told already, or none is wanted.
    }
    String fault = KeyPairFiles.certificateFault(certificate);
    String other = fault == null ? KeyPairFiles.keyFault(certificate, key) : null;
    if (fault != null) {
      problem(certificateKey, "\"" + certificate + "\" " + fault);
    } else if (other != null) {
      problem(keyKey, "\"" + key + "\" " + other);
    }
  }

  /** A URL that has a port, except for http and https. */
  public Url url(String key) {
    return url(key, Url.NO_PORT);
  }

  /** A URL; tcp and udp without a port have the default. */
  public Url url(String key, int defaultPort) {
    return read(key, Kind.url(defaultPort));
  }

  /** Host and port without a scheme, as tcp: {@code 127.0.0.1:6061}. */
  public Url address(String key, int defaultPort) {
    return read(key, Kind.address(defaultPort));
  }

  /** Adds a problem of the caller's own; the key may have an index: {@code to[1]}. */
  public void problem(String key, String message) {
    int bracket = key.indexOf('[');
    String name = bracket < 0 ? key : key.substring(0, bracket);
    String index = bracket < 0 ? "" : key.substring(bracket);
    String path = key.isEmpty() ? path() : Shown.path(path(), name) + index;
    problems().add(path, "", message, Shown.where(origin(name)));
  }

  /** Tells of every key of this block and those below that nobody read and no reference has. */
  public void done() {
    own().done();
  }

  /**
   * The keys of the whole configuration that have been asked for, present or not, with {@code *}
   * for names and {@code [*]} for places that an operator chose: {@code listeners.*.url}, {@code
   * pipelines.*.routes[*].to}. A key read with defaults is there under both paths.
   */
  public Set<String> keysRead() {
    return own().keysRead();
  }

  private <T> T read(String key, Kind<T> kind) {
    know(key);
    Block holder = holder(key);
    ConfigValue value = holder.value(key);
    if (isAbsent(value)) {
      problem(key, "missing; give " + kind.wanted());
      return kind.harmless();
    }
    try {
      return kind.read(value);
    } catch (Complaint wrong) {
      holder.report(Shown.path(holder.path, key), value, wrong.getMessage());
      return readBelow(holder, key, kind);
    }
  }

  /** What the defaults say instead of a wrong value, so that no second problem follows from it. */
  private <T> T readBelow(Block holder, String key, Kind<T> kind) {
    int below = layers.indexOf(holder) + 1;
    if (below == layers.size()) {
      return kind.harmless();
    }
    var defaults = new Settings(layers.subList(below, layers.size()));
    return defaults.has(key) ? defaults.read(key, kind) : kind.harmless();
  }

  private Block own() {
    return layers.get(0);
  }

  private String know(String key) {
    layers.forEach(layer -> layer.know(key));
    return key;
  }

  /** The first block that has the key; this one when none has. */
  private Block holder(String key) {
    for (Block layer : layers) {
      if (layer.value(key) != null) {
        return layer;
      }
    }
    return own();
  }

  private ConfigValue value(String key) {
    return holder(key).value(key);
  }

  /** What is absent is to be given here, not where the reference says that it is required. */
  private ConfigOrigin origin(String key) {
    Block there = isAbsent(value(key)) ? own() : holder(key);
    return there.origin(key);
  }

  private static boolean isAbsent(ConfigValue value) {
    return value == null || value.valueType() == ConfigValueType.NULL;
  }
}
