package io.cadenza.writer.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Names in Cadent's tables: for {@code a.b.c} the segments {@code a}, {@code a.b} and {@code a.b.c}
 * with their places; from each of them a path to the whole name, which has data, and from those
 * above the last two a path to the next one, which has none.
 */
final class CadentNames implements NameTables {
  private static final List<String> SEGMENT = List.of("pos", "segment");

  private final PreparedStatement insertSegment;
  private final PreparedStatement insertPath;
  private final PreparedStatement select;
  private final UserType segment;

  CadentNames(CqlSession session, CassandraConfig config) {
    String segments = Cql.table(config.schema(), config.schema().segment());
    String paths = Cql.table(config.schema(), config.schema().path());
    insertSegment =
        Cql.prepare(
            session,
            "INSERT INTO " + segments + " (pos, segment) VALUES (?, ?)",
            config.writeConsistency());
    insertPath =
        Cql.prepare(
            session,
            "INSERT INTO " + paths + " (segment, path, has_data, length) VALUES (?, ?, ?, ?)",
            config.writeConsistency());
    select =
        Cql.prepare(
            session,
            "SELECT segment, path, has_data, length FROM " + paths,
            config.readConsistency());
    segment = new UserType(insertPath.getVariableDefinitions().get(0).getType(), SEGMENT);
  }

  @Override
  public void rows(String key, Consumer<BoundStatement> into) {
    List<String> segments = segments(key);
    int last = segments.size() - 1;
    for (int pos = last < DEEPEST ? 0 : last; pos <= last; pos++) {
      String one = segments.get(pos);
      into.accept(insertSegment.bind(pos, one));
      into.accept(path(pos, one, key, true, last));
      if (pos < last - 1) {
        into.accept(path(pos, one, segments.get(pos + 1), false, pos + 1));
      }
    }
  }

  /** A name's tags are of its last part. */
  private static List<String> segments(String key) {
    int semicolon = key.indexOf(';');
    int end = semicolon < 0 ? key.length() : semicolon;
    List<String> all = new ArrayList<>();
    for (int dot = key.indexOf('.'); dot >= 0 && dot < end; dot = key.indexOf('.', dot + 1)) {
      all.add(key.substring(0, dot));
    }
    all.add(key);
    return all;
  }

  private BoundStatement path(int pos, String from, String path, boolean hasData, int length) {
    ByteBuffer id = segment.value(Values.of(pos), ByteBuffer.wrap(from.getBytes(UTF_8)));
    return insertPath
        .boundStatementBuilder()
        .setBytesUnsafe(0, id)
        .setString(1, path)
        .setBoolean(2, hasData)
        .setInt(3, length)
        .build();
  }

  @Override
  public List<Scan> scans() {
    return List.of(new Scan(select.bind(), this::name));
  }

  /** Of the rows that lead to a name, that of its own last segment. */
  private byte[] name(Row row) {
    ByteBuffer[] fields = segment.fields(row.getBytesUnsafe(0));
    String path = row.getString(1);
    boolean own =
        row.getBoolean(2)
            && fields[0] != null
            && fields[1] != null
            && fields[0].getInt(0) == row.getInt(3)
            && UTF_8.decode(fields[1].duplicate()).toString().equals(path);
    return own ? path.getBytes(UTF_8) : null;
  }
}
