package io.cadenza.writer.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.function.Consumer;

/**
 * Names in the modern tables: those without tags below their parents, with a row for each node, and
 * those with tags by the name that they begin with, in some parts so that no partition gets large.
 */
final class ModernNames implements NameTables {
  private static final int PARTS = 16;

  private final PreparedStatement leaf;
  private final PreparedStatement branch;
  private final PreparedStatement tagged;
  private final PreparedStatement leaves;
  private final PreparedStatement allTagged;

  ModernNames(CqlSession session, CassandraConfig config) {
    String names = Cql.table(config.schema(), config.schema().path());
    String tags = Cql.table(config.schema(), config.schema().tags());
    Consistency write = config.writeConsistency();
    Consistency read = config.readConsistency();
    String insert = "INSERT INTO " + names + " (level, parent, name, ";
    leaf = Cql.prepare(session, insert + "leaf) VALUES (?, ?, ?, true)", write);
    branch = Cql.prepare(session, insert + "branch) VALUES (?, ?, ?, true)", write);
    tagged =
        Cql.prepare(session, "INSERT INTO " + tags + " (name, part, tags) VALUES (?, ?, ?)", write);
    leaves = Cql.prepare(session, "SELECT level, parent, name, leaf FROM " + names, read);
    allTagged = Cql.prepare(session, "SELECT name, tags FROM " + tags, read);
  }

  @Override
  public void rows(String key, Consumer<BoundStatement> into) {
    int semicolon = key.indexOf(';');
    if (semicolon >= 0) {
      String tags = key.substring(semicolon + 1);
      into.accept(
          tagged.bind(key.substring(0, semicolon), Math.floorMod(tags.hashCode(), PARTS), tags));
      return;
    }
    int level = (int) key.chars().filter(c -> c == '.').count();
    into.accept(node(leaf, level, key));
    String inner = key;
    while (level > 0 && level < DEEPEST) {
      inner = inner.substring(0, inner.lastIndexOf('.'));
      level--;
      into.accept(node(branch, level, inner));
    }
  }

  private static BoundStatement node(PreparedStatement insert, int level, String path) {
    int dot = path.lastIndexOf('.');
    return insert.bind(level, dot < 0 ? "" : path.substring(0, dot), path.substring(dot + 1));
  }

  @Override
  public List<Scan> scans() {
    return List.of(
        new Scan(leaves.bind(), ModernNames::leaf),
        new Scan(allTagged.bind(), ModernNames::tagged));
  }

  private static byte[] leaf(Row row) {
    if (!row.getBoolean(3)) {
      return null;
    }
    String name = row.getString(2);
    return (row.getInt(0) == 0 ? name : row.getString(1) + "." + name).getBytes(UTF_8);
  }

  private static byte[] tagged(Row row) {
    return (row.getString(0) + ";" + row.getString(1)).getBytes(UTF_8);
  }
}
