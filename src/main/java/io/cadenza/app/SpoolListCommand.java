package io.cadenza.app;

import io.cadenza.spool.LaneState;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolView;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what waits on disk. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows every lane: whether it is in use, its lines, their size and age.")
final class SpoolListCommand implements Callable<Integer> {
  @Mixin private SpoolOption option;

  @Option(names = "--json", description = "One JSON object a lane and line.")
  private boolean json;

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws IOException {
    Optional<SpoolConfig> config = option.read();
    if (config.isEmpty()) {
      return 1;
    }
    List<LaneState> lanes = new SpoolView(config.get().path()).lanes();
    for (LaneState lane : lanes) {
      System.out.println(json ? asJson(lane).encode() : asText(lane));
    }
    if (lanes.isEmpty() && !json) {
      System.out.println("no spools in " + config.get().path());
    }
    return 0;
  }

  private JsonObject asJson(LaneState lane) {
    return new JsonObject()
        .put("destination", lane.destination())
        .put("lane", lane.lane())
        .put("in-use", lane.inUse())
        .put("segments", lane.segments())
        .put("bytes", lane.bytes())
        .put("lines", lane.unread())
        .put("oldest-seconds", seconds(lane))
        .put("damaged", lane.damaged())
        .put("set-aside", lane.aside());
  }

  private String asText(LaneState lane) {
    return String.format(
        Locale.ROOT,
        "%s lane %08d %s: %d lines unread in %d segments of %d bytes, oldest %d s; damaged %d,"
            + " set aside %d",
        lane.destination(),
        lane.lane(),
        lane.inUse() ? "in use" : "free",
        lane.unread(),
        lane.segments(),
        lane.bytes(),
        seconds(lane),
        lane.damaged(),
        lane.aside());
  }

  private long seconds(LaneState lane) {
    return lane.oldest() == 0 ? 0 : Math.max(0, clock.millis() - lane.oldest()) / 1000;
  }
}
