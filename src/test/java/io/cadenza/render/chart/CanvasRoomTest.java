package io.cadenza.render.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.render.RenderException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CanvasRoomTest {
  @Test
  void whoFindsNoRoomIsToldAfterAWhile() {
    CanvasRoom room = new CanvasRoom(100, Duration.ofMillis(10));

    assertThatThrownBy(() -> room.during(60, () -> room.during(60, () -> "both")))
        .isInstanceOf(RenderException.class)
        .hasMessageContaining("too many pictures")
        .extracting(e -> ((RenderException) e).kind())
        .isEqualTo(RenderException.Kind.TIME);
  }

  @Test
  void roomIsGivenBackAfterAMistakeToo() {
    CanvasRoom room = new CanvasRoom(100, Duration.ofMillis(10));

    assertThatThrownBy(() -> room.during(100, () -> Integer.valueOf("no number")))
        .isInstanceOf(NumberFormatException.class);
    assertThat(room.<String>during(100, () -> "drawn")).isEqualTo("drawn");
  }
}
