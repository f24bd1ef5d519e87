package io.cadenza.route;

import io.cadenza.hash.HashRing;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps a cluster on a ring without the members that are down. While all are, the full ring stays:
 * lines wait for their own destinations.
 *
 * <p>The full ring is never made again, so that all is as before when all are up; of the others the
 * last one is kept, for a member that comes and goes. One thread.
 */
final class LiveRing {
  private static final BitSet NOBODY = new BitSet();

  private final HashRing full;
  private final List<Outlet> members;
  private final RingMaker maker;
  private final Consumer<HashRing> use;

  /** Who is not in the ring that is used. */
  private BitSet gone = NOBODY;

  private HashRing last;
  private BitSet lastGone = NOBODY;
  private long turns;
  private boolean making;

  /**
   * @param full the ring of all members, which is used at first
   * @param use is given the ring to use from now on
   */
  LiveRing(HashRing full, List<Outlet> members, RingMaker maker, Consumer<HashRing> use) {
    this.full = full;
    this.members = List.copyOf(members);
    this.maker = maker;
    this.use = use;
  }

  /** Looks whether a member came up or went down. Costs a read for each when none did. */
  void refresh() {
    long now = 0;
    for (int i = 0; i < members.size(); i++) {
      now += members.get(i).state().turns();
    }
    if (now != turns && !making) {
      turns = now; // Read before who is up: what changes in between is seen the next time.
      change(down());
    }
  }

  private BitSet down() {
    BitSet down = new BitSet();
    for (int i = 0; i < members.size(); i++) {
      down.set(i, !members.get(i).up());
    }
    return down.cardinality() == members.size() ? NOBODY : down;
  }

  private void change(BitSet down) {
    if (down.equals(gone)) {
      return;
    }
    if (down.isEmpty()) {
      take(full, NOBODY);
    } else if (down.equals(lastGone)) {
      take(last, lastGone);
    } else {
      making = true;
      maker.make(() -> full.rebuiltWithout(down), ring -> made(ring, down));
    }
  }

  private void made(HashRing ring, BitSet down) {
    making = false;
    if (ring != null) {
      last = ring;
      lastGone = down;
      take(ring, down);
    }
    refresh();
  }

  private void take(HashRing ring, BitSet down) {
    gone = down;
    use.accept(ring);
  }
}
