package io.cadenza.app;

import io.cadenza.spool.Damage;
import io.cadenza.spool.SpoolConfig;
import io.cadenza.spool.SpoolView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks what is on disk, byte by byte. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Reads all that is on disk and tells of damage, also while a process works on it.",
      "Exit 1 if there is any."
    })
final class SpoolVerifyCommand implements Callable<Integer> {
  @Mixin private SpoolOption option;

  @Override
  public Integer call() throws IOException {
    Optional<SpoolConfig> config = option.read();
    if (config.isEmpty()) {
      return 1;
    }
    List<Damage> damages = new SpoolView(config.get().path()).verify();
    for (Damage damage : damages) {
      System.out.printf(
          "%s: offset %d: %d bytes damaged, %s%n",
          damage.file(),
          damage.offset(),
          damage.bytes(),
          damage.lines() < 0 ? "lines unknown" : damage.lines() + " lines missing");
    }
    System.out.println(damages.isEmpty() ? "ok" : damages.size() + " damaged");
    return damages.isEmpty() ? 0 : 1;
  }
}
