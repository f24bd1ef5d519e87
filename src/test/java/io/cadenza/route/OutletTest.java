package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.LineRun;
import io.cadenza.meter.DestinationMeters;
import io.cadenza.meter.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutletTest {
  private static final byte[] SHORT = "a 1 1\n".getBytes(StandardCharsets.UTF_8);

  private final List<LineRun> sent = new ArrayList<>();
  private final Outlet outlet =
      new Outlet(
          new DestinationState("d", 1 << 30, OnFull.BLOCK),
          new DestinationMeters(new Meters(new SimpleMeterRegistry()), "d"),
          sent::add);

  @Test
  void sendsALineThatIsLongerThanARunBehindAShortOne() {
    byte[] longer = line(Outlet.RUN + 1);
    outlet.append(SHORT, 0, SHORT.length, 1);

    outlet.append(longer, 0, longer.length, 1);

    outlet.flush();
    assertThat(text()).containsExactly(text(SHORT), text(longer));
  }

  @Test
  void sendsManyLinesOfALargeArrayBehindAShortRun() {
    byte[] lines = line(Outlet.RUN + 1);
    LineBatch batch = batch(4 * Outlet.RUN, lines);
    outlet.append(SHORT, 0, SHORT.length, 1);
    outlet.flush();

    outlet.appendFrozen(batch, 0, lines.length, 3);

    outlet.flush();
    assertThat(text()).containsExactly(text(SHORT), text(lines));
  }

  private static LineBatch batch(int capacity, byte[] line) {
    LineBatch.Builder builder = new LineBatch.Builder(new GraphiteFormat(), capacity);
    System.arraycopy(line, 0, builder.reserve(line.length), 0, line.length);
    builder.line(0, LineFormat.span(0, 1), line.length - 1);
    builder.advance(line.length);
    return builder.freeze();
  }

  private static byte[] line(int size) {
    return ("x".repeat(size - 1) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private List<String> text() {
    return sent.stream()
        .map(r -> new String(r.bytes(), r.from(), r.size(), StandardCharsets.UTF_8))
        .toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
