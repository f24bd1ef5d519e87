package io.cadenza.app;

import io.cadenza.spool.AtBound;
import io.cadenza.spool.CrngSpool;
import io.cadenza.spool.Spool;
import io.cadenza.spool.SpoolConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes over what another relay has on disk. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Takes over the unread lines of carbon-relay-ng's disk queues.",
      "They are copied into a new lane of a destination.",
      "A process that runs sends them on. Their files stay as they are."
    })
final class SpoolImportCommand implements Callable<Integer> {
  @Mixin private SpoolOption option;

  @Parameters(index = "0", paramLabel = "DESTINATION", description = "Its name in the spool.")
  private String destination;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "spool_….diskqueue.NNNNNN.dat; the .meta.dat beside them is found.")
  private List<Path> files;

  @Override
  public Integer call() {
    Optional<SpoolConfig> config = option.read();
    if (config.isEmpty()) {
      return 1;
    }
    option.warnOfStranger(destination);
    SpoolLanes lanes = new SpoolLanes(config.get().withAtBound(AtBound.BLOCK), destination);
    try (Spool spool = lanes.folder().create(lanes)) {
      return tell(CrngSpool.read(files, spool));
    } catch (IOException wrong) {
      System.err.println(wrong.getMessage());
      return 1;
    }
  }

  private int tell(CrngSpool.Result result) {
    result.remarks().forEach(System.out::println);
    System.out.printf("%d lines imported for %s%n", result.lines(), destination);
    if (result.refused() > 0) {
      System.out.printf("%d lines left out: no room within spool.max-bytes%n", result.refused());
    }
    if (result.bytesLeft() > 0) {
      System.out.printf("%d bytes left out: no lines%n", result.bytesLeft());
    }
    return result.refused() > 0 ? 1 : 0;
  }
}
