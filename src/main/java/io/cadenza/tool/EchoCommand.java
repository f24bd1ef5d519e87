package io.cadenza.tool;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code cadenza echo}: listens and prints what it is sent. Lines go to standard output; where it
 * listens, counts and totals go to standard error. Run by the command line on the main thread,
 * which waits; exits 0 when done or signalled, 1 when an address can't be had, 2 on wrong usage.
 */
@Command(
    name = "echo",
    mixinStandardHelpOptions = true,
    description = "Listens on tcp, udp, unix and http, and prints each line it is sent.")
public final class EchoCommand implements Callable<Integer> {
  private static final String DEFAULT_SERVER = "tcp://127.0.0.1:6002";

  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = {"--servers", "-servers"},
      split = ",",
      paramLabel = "URL",
      description = "Where to listen: tcp://, udp://, http://, unix:///path. " + DEFAULT_SERVER)
  private List<String> servers = new ArrayList<>();

  @Parameters(paramLabel = "URL", arity = "0..*", description = "More of them.")
  private List<String> more = new ArrayList<>();

  @Option(
      names = {"--quiet", "-quiet"},
      description = "Print counts only.")
  private boolean quiet;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How often counts are told: ${DEFAULT-VALUE}.",
      defaultValue = "5s")
  private Duration every;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after so many lines.",
      defaultValue = "0")
  private long count;

  /** For the command line: bytes of lines go out as they came in. */
  public EchoCommand() {
    this(standardOutput(), System.err);
  }

  EchoCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  private static PrintStream standardOutput() {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 65536), false);
  }

  @Override
  public Integer call() {
    EchoOptions options = options();
    try (Loop loop = new Loop()) {
      Echo echo = new Echo(loop.vertx(), options, out, err);
      Ending ending = new Ending(echo::finish);
      try {
        return listen(loop, echo);
      } finally {
        ending.finished();
      }
    } catch (Loop.Failed e) {
      err.println("echo: " + e.getMessage());
      return 1;
    }
  }

  private int listen(Loop loop, Echo echo) throws Loop.Failed {
    loop.await(echo.start()).forEach(url -> err.println("[ECHO] listening on " + url));
    loop.await(echo.done());
    Echo.Totals totals = loop.await(echo.stop());
    err.println("[ECHO] " + totals.lines() + " lines, " + totals.bytes() + " bytes in all");
    return 0;
  }

  private EchoOptions options() {
    List<String> given = new ArrayList<>(servers);
    given.addAll(more);
    try {
      List<Url> urls =
          (given.isEmpty() ? List.of(DEFAULT_SERVER) : given).stream().map(Url::parse).toList();
      return new EchoOptions(urls, quiet, every, count);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
