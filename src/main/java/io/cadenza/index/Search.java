package io.cadenza.index;

/**
 * Walks the tree for one query. Belongs to one thread; takes no lock ({@link Branch}).
 *
 * <p>As long as there is one component that may come next, names are looked up, or those are tried
 * that begin as it does. Below {@code **} all are tried.
 */
final class Search {
  private final Query query;
  private final Budget budget;
  private final Hits hits;
  private final byte[] path = new byte[NameText.LONGEST];

  Search(Query query, Budget budget, Hits hits) {
    this.query = query;
    this.budget = budget;
    this.hits = hits;
  }

  void run(Branch root) {
    if (!query.isEmpty()) {
      below(root, 0, query.first());
    }
  }

  /**
   * Looks at what is below a branch.
   *
   * @param length of the branch's path, with a dot at its end
   * @param places of the query that may come next
   */
  private void below(Branch at, int length, long places) {
    int place = Long.numberOfTrailingZeros(places);
    if (Long.bitCount(places) > 1) {
      tryAll(at, length, places);
    } else if (query.component(place).literals() != null) {
      lookUp(at, length, place);
    } else {
      tryRange(at, length, place);
    }
  }

  private void lookUp(Branch at, int length, int place) {
    byte[][] literals = query.component(place).literals();
    budget.spend(literals.length);
    for (byte[] literal : literals) {
      Chunk chunk = at.chunkOf(literal, 0, literal.length);
      int i = chunk.find(literal, 0, literal.length);
      if (i >= 0) {
        visit(chunk, i, length, query.behind(place));
      }
    }
  }

  /** Tries the names that begin as the component does: they are neighbours. */
  private void tryRange(Branch at, int length, int place) {
    Component component = query.component(place);
    byte[] prefix = component.prefix();
    long behind = query.behind(place);
    Chunk[] all = at.chunks();
    int first = Branch.place(all, prefix, 0, prefix.length);
    for (int c = first; c < all.length; c++) {
      Chunk chunk = Branch.chunk(all, c);
      int found = c == first ? chunk.find(prefix, 0, prefix.length) : 0;
      for (int i = found < 0 ? -1 - found : found; i < chunk.count(); i++) {
        if (!chunk.startsWith(i, prefix)) {
          return;
        }
        if (matches(component, chunk, i)) {
          visit(chunk, i, length, behind);
        }
      }
    }
  }

  private void tryAll(Branch at, int length, long places) {
    Chunk[] all = at.chunks();
    for (int c = 0; c < all.length; c++) {
      Chunk chunk = Branch.chunk(all, c);
      for (int i = 0; i < chunk.count(); i++) {
        long behind = 0;
        for (long rest = places; rest != 0; rest &= rest - 1) {
          int place = Long.numberOfTrailingZeros(rest);
          if (query.isAnyDepth(place) || matches(query.component(place), chunk, i)) {
            behind |= query.behind(place);
          }
        }
        if (behind != 0) {
          visit(chunk, i, length, behind);
        }
      }
    }
  }

  private boolean matches(Component component, Chunk chunk, int i) {
    int start = chunk.start(i);
    int end = chunk.end(i);
    budget.spend(component.cost(end - start));
    return component.matches(chunk.text(), start, end);
  }

  /** Looks at a name that matches, and at what is below it. */
  private void visit(Chunk chunk, int i, int length, long places) {
    int start = chunk.start(i);
    int end = length + chunk.end(i) - start;
    System.arraycopy(chunk.text(), start, path, length, end - length);
    Branch below = chunk.branch(i);
    if ((places & query.end()) != 0) {
      hits.add(path, length, end, chunk.isLeaf(i), below != null);
    }
    long further = places & ~query.end();
    if (below != null && further != 0) {
      path[end] = '.';
      below(below, end + 1, further);
    }
  }
}
