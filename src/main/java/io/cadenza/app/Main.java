package io.cadenza.app;

import io.cadenza.tool.BlastCommand;
import io.cadenza.tool.EchoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Where the process begins: the command line. */
@Command(
    name = "cadenza",
    description = "A metrics relay: graphite and statsd lines in, routed, hashed and out.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      RouteCommand.class,
      RingCommand.class,
      SpoolCommand.class,
      EchoCommand.class,
      BlastCommand.class
    })
public final class Main implements Runnable {
  private Main() {}

  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true"); // Pictures are drawn in memory.
    int code = execute(args);
    // Not from an event loop, and only when a command is over: see RunCommand.
    System.exit(code);
  }

  /** Runs a command and answers its exit code. */
  static int execute(String... args) {
    return new CommandLine(new Main()).execute(args);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"cadenza " + About.version()};
    }
  }
}
