package io.cadenza.writer.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/cassandra.md has the statements that make the tables. */
class CassandraDocumentTest {
  private static final String RETENTIONS = "retentions = [\"10s:7d\", \"1m:30d\"]";

  /** Blocks of sql, their statements each in one line. */
  private static List<List<String>> blocks() throws IOException {
    List<List<String>> blocks = new ArrayList<>();
    String text = Files.readString(Path.of("docs/cassandra.md"));
    for (String after : text.split("```sql\n")) {
      if (!blocks.isEmpty() || !text.startsWith(after)) {
        blocks.add(statements(after.substring(0, after.indexOf("```"))));
      }
    }
    return blocks;
  }

  private static List<String> statements(String block) {
    List<String> statements = new ArrayList<>();
    for (String statement : block.split(";\n")) {
      statements.add(oneLine(statement));
    }
    return statements;
  }

  private static String oneLine(String cql) {
    return cql.strip().replaceAll("\\s+", " ");
  }

  private static List<String> made(String... lines) {
    return Schema.of(TestStores.config(lines)).definitions().stream()
        .map(Definition::cql)
        .map(CassandraDocumentTest::oneLine)
        .toList();
  }

  @Test
  void hasTheStatementsOfBothSchemas() throws IOException {
    assertThat(blocks()).containsExactly(made(RETENTIONS), made(RETENTIONS, "schema = cadent"));
  }
}
