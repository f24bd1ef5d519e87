package io.cadenza.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What waits on disk: the commands about spools. */
@Command(
    name = "spool",
    mixinStandardHelpOptions = true,
    description = "Shows, checks, sends, drops and imports what waits on disk.",
    subcommands = {
      SpoolListCommand.class,
      SpoolVerifyCommand.class,
      SpoolReplayCommand.class,
      SpoolDropCommand.class,
      SpoolImportCommand.class
    })
final class SpoolCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    CommandLine.usage(spec.commandLine(), System.out);
  }
}
