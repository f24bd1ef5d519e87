package io.cadenza.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise has a test that holds it. */
class PromisesTest {
  private static final Path PAGE = Path.of("docs/promises.md");
  private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))`");

  @Test
  void namesTestsThatThereAre() throws IOException {
    Set<String> named = new TreeSet<>();
    NAMED.matcher(Files.readString(PAGE)).results().forEach(name -> named.add(name.group(1)));

    assertThat(named).isNotEmpty().isSubsetOf(tests(Path.of("src/test/java")));
  }

  @Test
  void namesEveryTestOfFaults() throws IOException {
    Set<String> faults = tests(Path.of("src/test/java/io/cadenza/fault"));
    faults.remove("ReckoningTest");

    assertThat(Files.readString(PAGE)).contains(faults);
  }

  @Test
  void everyPromiseNamesItsTest() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
            .toList();

    assertThat(rows).hasSizeGreaterThan(8).allMatch(row -> NAMED.matcher(row).find());
  }

  private static Set<String> tests(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> all = new TreeSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.java") || name.endsWith("IT.java"))
          .forEach(name -> all.add(name.substring(0, name.length() - ".java".length())));
      return all;
    }
  }
}
