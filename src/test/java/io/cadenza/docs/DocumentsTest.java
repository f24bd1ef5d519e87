package io.cadenza.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.cadenza.bus.OnFull;
import io.cadenza.config.Configuration;
import io.cadenza.hash.Rings;
import io.cadenza.line.Invalid;
import io.cadenza.line.Validation;
import io.cadenza.route.OnDown;
import io.cadenza.route.Policy;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What documents restate of the code is compared with it. */
class DocumentsTest {
  private static final Path MIGRATE = Path.of("docs/migrate");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern DOTTED = Pattern.compile("[a-z][a-z-]*(?:\\.[a-z][a-z-]*)+");
  private static final Pattern HYPHENED = Pattern.compile("[a-z]+(?:-[a-z]+)+");
  private static final Pattern LITERAL = Pattern.compile("\"(-{0,2}[a-z][a-z0-9-]*)\"");
  private static final Pattern COMMAND = Pattern.compile("cadenza(?:\\.jar)? ([a-z].*)");
  private static final Set<String> SUFFIXES = Set.of("md", "sh", "py", "conf", "jar", "dat", "js");

  /** What is Linux's own, or HTTP's. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "net.core.rmem_max",
          "net.ipv4.tcp_migrate_req",
          "stats.count",
          "stats.counts",
          "stats.counter",
          "stats.counters",
          "stats.set",
          "stats.sets",
          "stats.gauge",
          "stats.gauges");

  private static final Pattern KEY = Pattern.compile("([a-z]+(?:-[a-z]+)+)|([a-z][a-z-]*) ?=.*");

  @Test
  void verticlesMdNamesEveryVerticleAndNoOther() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("verticles.md"))) {
      if (line.startsWith("| `")) {
        named.add(line.substring(3, line.indexOf('`', 3)));
      }
    }

    assertThat(named).isEqualTo(verticles());
  }

  private static Set<String> verticles() {
    Set<String> all = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cadenza")) {
      if (type.isAssignableTo(VerticleBase.class)) {
        all.add(type.getSimpleName());
      }
    }
    return all;
  }

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
      return Stream.concat(
          Stream.of("README.md", "verticles.md", "bench/README.md").map(Path::of),
          pages.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream());
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) throws IOException {
    Path folder = document.toAbsolutePath().getParent();
    List<String> links =
        LINK.matcher(Files.readString(document))
            .results()
            .map(found -> found.group(1))
            .filter(link -> !link.contains("://"))
            .toList();

    assertThat(links).allMatch(link -> Files.exists(folder.resolve(link)));
  }

  /** Pages about what is here: there every name in code is one of ours. */
  static Stream<Path> ownPages() throws IOException {
    return documents().filter(page -> !page.startsWith(MIGRATE) && !page.startsWith("bench"));
  }

  @ParameterizedTest
  @MethodSource("ownPages")
  void namesKeysFiguresAndReasonsThatThereAre(Path page) throws IOException {
    Set<String> known = words();
    known.addAll(literals());
    Arrays.stream(Invalid.values()).map(Invalid::label).forEach(known::add);
    List<String> keys = List.copyOf(Configuration.referenceKeys());
    Set<String> unknown = new TreeSet<>();
    for (String code : codes(page)) {
      String name = code.replaceFirst(" = .*", "");
      boolean hyphened = HYPHENED.matcher(name).matches();
      boolean dotted = DOTTED.matcher(name).matches() && !OF_OTHERS.contains(name);
      // LimitsDocumentTest looks for bounds themselves.
      boolean there = known.contains(name) || known.contains(name.replace("-limit", ""));
      if (hyphened && !there || dotted && !isDotted(name, keys, known)) {
        unknown.add(code);
      }
    }

    assertThat(unknown).isEmpty();
  }

  private static List<String> codes(Path page) throws IOException {
    String prose = Files.readString(page).replaceAll("(?s)```.*?```", "");
    return CODE.matcher(prose).results().map(code -> code.group(1)).toList();
  }

  /** The end of a key's path, a figure with its label, or a file. */
  private static boolean isDotted(String name, List<String> keys, Set<String> known) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    boolean figure = name.startsWith("dropped.") && known.contains(last);
    return figure
        || SUFFIXES.contains(last)
        || keys.stream().anyMatch(key -> key.equals(name) || key.endsWith("." + name));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void namesCommandsAndOptionsThatThereAre(Path page) throws IOException {
    Set<String> known = literals();
    Set<String> unknown = new TreeSet<>();
    for (String line : Files.readAllLines(page)) {
      Matcher command = COMMAND.matcher(line.replaceFirst(" #.*", ""));
      if (!line.contains("docker") && command.find()) {
        String[] words = command.group(1).split("[`,); ]+");
        if (!known.contains(words[0])
            || words[0].equals("spool") && words.length > 1 && !known.contains(words[1])) {
          unknown.add(command.group());
        }
        Arrays.stream(words)
            .filter(word -> word.startsWith("--") && !known.contains(word))
            .forEach(unknown::add);
      }
    }

    assertThat(unknown).isEmpty();
  }

  @Test
  void readmeLinksEveryPageOfDocs() throws IOException {
    Set<String> linked = new TreeSet<>();
    LINK.matcher(Files.readString(Path.of("README.md")))
        .results()
        .forEach(link -> linked.add(link.group(1)));

    try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
      assertThat(linked)
          .containsAll(pages.map(Path::toString).filter(page -> page.endsWith(".md")).toList());
    }
  }

  /** The words in quotes of the program: names of figures, reasons, commands and options. */
  private static Set<String> literals() throws IOException {
    Set<String> all = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        LITERAL
            .matcher(Files.readString(source))
            .results()
            .forEach(literal -> all.add(literal.group(1)));
      }
    }
    return all;
  }

  @Test
  void readmeNamesThePageOfEverySystemReplaced() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher link = LINK.matcher(Files.readString(Path.of("README.md")));
    while (link.find()) {
      if (link.group(1).startsWith("docs/migrate/")) {
        named.add(link.group(1));
      }
    }

    assertThat(named).isEqualTo(new TreeSet<>(pages().stream().map(Path::toString).toList()));
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(MIGRATE)) {
      return pages.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPageHasItsExampleAndSaysWhatIsMissing(Path page) throws IOException {
    String text = Files.readString(page);

    assertThat(text).contains("## What is different", "## Not in this version");
    assertThat(text)
        .contains("conf/examples/" + page.getFileName().toString().replace(".md", ".conf"));
  }

  /** The last column of a table is ours. */
  @ParameterizedTest
  @MethodSource("pages")
  void namesKeysThatThereAre(Path page) throws IOException {
    Set<String> known = words();
    Set<String> unknown = new TreeSet<>();
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("| ") && line.endsWith(" |")) {
        String[] cells = line.split("(?<!\\\\)\\|");
        CODE.matcher(cells[cells.length - 1])
            .results()
            .map(code -> KEY.matcher(code.group(1)))
            .filter(Matcher::matches)
            .map(key -> key.group(1) != null ? key.group(1) : key.group(2))
            .filter(key -> !known.contains(key))
            .forEach(unknown::add);
      }
    }

    assertThat(unknown).isEmpty();
  }

  /** Every name in a path of the reference, and every word that a value may be. */
  private static Set<String> words() {
    Set<String> all = new TreeSet<>(Rings.NAMES);
    Configuration.referenceKeys().forEach(key -> all.addAll(List.of(key.split("\\."))));
    for (Enum<?>[] values :
        List.of(Policy.values(), OnFull.values(), OnDown.values(), Validation.values())) {
      Arrays.stream(values)
          .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .forEach(all::add);
    }
    return all;
  }
}
