package io.cadenza.accumulate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  /** A name, what is behind it, and a kind. */
  private record Key(String name, String behind, byte kind) {
    byte[] bytes() {
      return ("<" + name + behind + ">").getBytes(ISO_8859_1);
    }
  }

  private static final class Entry extends KeyTable.Entry {
    private final Key which;

    private Entry(Key which, int hash) {
      super(
          (which.name + which.behind).getBytes(ISO_8859_1), which.name.length(), which.kind, hash);
      this.which = which;
    }
  }

  private final KeyTable<Entry> table = new KeyTable<>();
  private final Map<Key, Entry> model = new HashMap<>();

  private Entry find(Key key) {
    byte[] bytes = key.bytes();
    int split = 1 + key.name.length();
    int end = bytes.length - 1;
    int hash = table.hash(bytes, 1, split, split, end);
    return table.find(hash, bytes, 1, split, split, end, key.kind);
  }

  private void add(Key key) {
    byte[] bytes = key.bytes();
    int split = 1 + key.name.length();
    int hash = table.hash(bytes, 1, split, split, bytes.length - 1);
    Entry entry = new Entry(key, hash);
    table.add(entry);
    model.put(key, entry);
  }

  private static Key random(Random random, int keys) {
    int n = random.nextInt(keys);
    String behind = n % 3 == 0 ? "" : ";a=" + n % 3;
    return new Key("k" + n / 3, behind, (byte) random.nextInt(2));
  }

  @Property(tries = 200)
  void holdsWhatAMapHolds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 500) int keys) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Key key = random(random, keys);
      Entry found = find(key);
      assertThat(found).isSameAs(model.get(key));
      if (found == null) {
        add(key);
      } else if (random.nextInt(3) == 0) {
        table.remove(found);
        model.remove(key);
      }
      assertThat(table.count()).isEqualTo(model.size());
    }
    model.forEach((key, entry) -> assertThat(find(key)).isSameAs(entry));
    for (int i = 0; i < table.count(); i++) {
      assertThat(model).containsValue(table.at(i));
    }
    model.clear();
    while (table.count() > 0) {
      table.remove(table.at(0));
    }
  }

  @Property(tries = 200)
  void aWalkFromTheLastMeetsAllThatStayWhateverIsRemovedOrAdded(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Key key = random(random, 300);
      if (find(key) == null) {
        add(key);
      }
    }
    Set<Key> due = new HashSet<>(model.keySet());
    Set<Key> met = new HashSet<>();
    for (int walk = table.count() - 1; walk >= 0; walk--) {
      walk = Math.min(walk, table.count() - 1);
      Entry entry = table.at(walk);
      met.add(entry.which);
      switch (random.nextInt(4)) {
        case 0 -> remove(entry);
        case 1 -> remove(table.at(random.nextInt(table.count())));
        case 2 -> add(new Key("new" + walk, "", (byte) 0));
        default -> due.retainAll(model.keySet());
      }
    }
    due.retainAll(model.keySet());

    assertThat(met).containsAll(due);
    model.clear();
    while (table.count() > 0) {
      table.remove(table.at(0));
    }
  }

  private void remove(Entry entry) {
    table.remove(entry);
    model.remove(entry.which);
  }

  @Test
  void partsAreToldApart() {
    List<Key> keys =
        List.of(
            new Key("ab", "", (byte) 0),
            new Key("a", "b", (byte) 0),
            new Key("", "ab", (byte) 0),
            new Key("ab", "", (byte) 1));
    keys.forEach(this::add);

    keys.forEach(key -> assertThat(find(key).which).isEqualTo(key));
  }

  @Test
  void namesOfAnyLengthThatDifferInOneByteAreToldApart() {
    for (int size = 1; size <= 70; size++) {
      byte[] name =
          "abcdefghijklmnopqrstuvwxyz.0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZ-+*/<>=!,"
              .substring(0, size)
              .getBytes(ISO_8859_1);
      table.add(new Entry(new Key(new String(name, ISO_8859_1), "", (byte) 0), 7));
      assertThat(table.find(7, name, 0, size, 0, 0, (byte) 0)).isNotNull();
      for (int at = 0; at < size; at++) {
        name[at] ^= (byte) (1 << at % 7);
        assertThat(table.find(7, name, 0, size, 0, 0, (byte) 0)).as("%s %s", size, at).isNull();
        name[at] ^= (byte) (1 << at % 7);
      }
    }
  }

  @Test
  void putsTogetherAKeyOfWhichAllIsInTheEntry() {
    byte[] lent = new byte[KeyTable.Entry.INSIDE];
    for (int size = 1; size <= KeyTable.Entry.INSIDE + 2; size++) {
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < size; i++) {
        name.append((char) ('0' + (i * 7 + size) % 70));
      }
      for (String behind : List.of("", ";a=1")) {
        Entry entry = new Entry(new Key(name.toString(), behind, (byte) 0), 1);
        byte[] key = entry.key(lent);
        boolean inside = behind.isEmpty() && size <= KeyTable.Entry.INSIDE;

        assertThat(key == lent).isEqualTo(inside);
        assertThat(new String(key, 0, entry.keyLength(), ISO_8859_1)).isEqualTo(name + behind);
      }
    }
  }
}
