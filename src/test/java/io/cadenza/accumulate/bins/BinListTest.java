package io.cadenza.accumulate.bins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BinListTest {
  @Property(tries = 300)
  void isASortedMap(@ForAll List<@IntRange(max = 40) Integer> starts) {
    BinList<Bin> list = new BinList<>();
    Map<Integer, Bin> map = new TreeMap<>();
    for (int start : starts) {
      assertThat(list.find(start)).isSameAs(map.get(start));
      if (start % 13 == 0) {
        keepEven(list, map);
      } else if (!map.containsKey(start)) {
        Bin bin = new Bin(start);
        map.put(start, bin);
        list.add(bin);
      }
      assertThat(all(list)).containsExactlyElementsOf(map.values());
    }
  }

  private static void keepEven(BinList<Bin> list, Map<Integer, Bin> map) {
    map.keySet().removeIf(start -> start % 2 != 0);
    int kept = 0;
    for (int i = 0; i < list.count(); i++) {
      if (list.at(i).start % 2 == 0) {
        list.keep(kept++, list.at(i));
      }
    }
    list.truncate(kept);
  }

  private static List<Bin> all(BinList<Bin> list) {
    List<Bin> all = new ArrayList<>();
    for (int i = 0; i < list.count(); i++) {
      all.add(list.at(i));
    }
    return all;
  }
}
