package io.cadenza.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.store.GuessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/accumulate.md lists what the table of guesses does. */
class AccumulateDocumentTest {
  private static final Map<String, String> VALUES =
      Map.of("mean", "average", "largest", "max", "least", "min", "last", "last", "sum", "sum");

  @Test
  void namesWhatIsGuessedOfEachName() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("docs/accumulate.md")).stream()
            .dropWhile(line -> !line.startsWith("| last component of the name"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(rows).hasSize(8);
    for (String row : rows) {
      String value = row.substring(row.lastIndexOf("| ", row.length() - 2) + 2, row.length() - 2);
      boolean beginning = row.contains("begins with");
      for (String name : names(row)) {
        String key = beginning ? name + ".a.x" : "a." + name;
        assertThat(GuessTable.method(key.getBytes(UTF_8)).word())
            .as(key)
            .isEqualTo(VALUES.get(value));
      }
    }
    assertThat(GuessTable.method("a.minutes".getBytes(UTF_8)).word()).isEqualTo("average");
  }

  private static List<String> names(String row) {
    return Pattern.compile("`([^`]+)`")
        .matcher(row)
        .results()
        .map((MatchResult found) -> found.group(1).replace("*", "x").replace("N", "90"))
        .toList();
  }
}
