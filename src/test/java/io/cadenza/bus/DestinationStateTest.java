package io.cadenza.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationStateTest {
  private final DestinationState state = new DestinationState("d", 1 << 20, OnFull.SPOOL);
  private final List<Integer> seen = new ArrayList<>();
  private final Runnable watcher = () -> seen.add(state.turns());

  @Test
  void whoWatchesIsToldAfterEachTurn() {
    state.watch(watcher);

    state.up(false);
    state.up(false);
    state.checked(false, "why");
    state.up(true);
    state.checked(true, null);
    state.diskTrouble(true);

    assertThat(seen).containsExactly(1, 2, 3);
  }

  @Test
  void whoWatchesNoMoreIsNotTold() {
    state.watch(watcher);
    state.unwatch(watcher);

    state.up(false);

    assertThat(seen).isEmpty();
  }
}
