package io.cadenza.writer.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final Map<BoundStatement, Integer> partitions = new IdentityHashMap<>();
  private final List<List<BoundStatement>> sent = new ArrayList<>();
  private int nodes = 1;
  private int rowBytes = 216;

  private Batches batches(String... lines) {
    return new Batches(
        TestStores.config(lines),
        row -> Set.of(partitions.get(row) % nodes),
        row -> rowBytes,
        this::send);
  }

  private void send(Statement<?> statement) {
    List<BoundStatement> rows = new ArrayList<>();
    if (statement instanceof BatchStatement batch) {
      assertThat(batch.getBatchType()).isEqualTo(BatchType.UNLOGGED);
      assertThat(batch.getConsistencyLevel()).isEqualTo(DefaultConsistencyLevel.LOCAL_ONE);
      assertThat(batch.isIdempotent()).isTrue();
      batch.forEach(row -> rows.add((BoundStatement) row));
    } else {
      rows.add((BoundStatement) statement);
    }
    sent.add(rows);
  }

  /** Rows that nobody looks into. */
  private List<BoundStatement> rows(int partition, int count) {
    List<BoundStatement> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BoundStatement row =
          (BoundStatement)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {BoundStatement.class},
                  (proxy, method, arguments) -> {
                    throw new AssertionError(method.getName());
                  });
      partitions.put(row, partition);
      rows.add(row);
    }
    return rows;
  }

  @Test
  void putsSeriesOfFewRowsTogether() throws Exception {
    Batches batches = batches();
    for (int partition = 0; partition < 25; partition++) {
      batches.add(rows(partition, 1));
    }
    batches.flush();

    assertThat(sent).extracting(List::size).containsExactly(10, 10, 5);
  }

  @Test
  void sendsManyRowsOfASeriesByThemselves() throws Exception {
    Batches batches = batches("batch-rows = 100");
    batches.add(rows(0, 1));
    batches.add(rows(1, 250));
    batches.flush();

    assertThat(sent).extracting(List::size).containsExactly(100, 100, 50, 1);
  }

  @Test
  void sendsEverySeriesByItselfWhenItIsTold() throws Exception {
    Batches batches = batches("batch-partitions = 1");
    batches.add(rows(0, 1));
    batches.add(rows(1, 5));
    batches.flush();

    assertThat(sent).extracting(List::size).containsExactly(1, 5);
  }

  /** Cassandra warns of more than 5 KiB, and refuses 50 KiB, of several partitions. */
  @Test
  void mixesNoMoreBytesThanCassandraLikes() throws Exception {
    Batches batches = batches();
    for (int partition = 0; partition < 10; partition++) {
      batches.add(rows(partition, 4));
    }
    rowBytes = 4_000;
    for (int partition = 10; partition < 13; partition++) {
      batches.add(rows(partition, 1));
    }
    batches.add(rows(13, 150));
    batches.flush();

    assertThat(sent).extracting(List::size).containsExactly(20, 20, 1, 1, 65, 65, 20, 1);
  }

  /** Whatever comes: all of it goes, once, and what goes together has the same nodes. */
  @Property(tries = 200)
  void sendsEveryRowOnce(@ForAll long seed) throws Exception {
    var random = new Random(seed);
    nodes = 1 + random.nextInt(400);
    partitions.clear();
    sent.clear();
    Batches batches = batches("batch-rows = 60", "batch-partitions = 7");
    for (int partition = 0; partition < 500; partition++) {
      batches.add(rows(partition, 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 6)));
    }
    batches.flush();

    Set<BoundStatement> all = Collections.newSetFromMap(new IdentityHashMap<>());
    for (List<BoundStatement> batch : sent) {
      assertThat(batch).hasSizeLessThanOrEqualTo(60);
      Set<Integer> its = new HashSet<>();
      for (BoundStatement row : batch) {
        assertThat(all.add(row)).isTrue();
        its.add(partitions.get(row));
      }
      assertThat(its).hasSizeLessThanOrEqualTo(7);
      assertThat(its.stream().map(partition -> partition % nodes).distinct()).hasSize(1);
      assertThat(its.size() == 1 || batch.size() * rowBytes <= 5_000).isTrue();
    }
    assertThat(all).hasSameSizeAs(partitions.keySet());
  }
}
