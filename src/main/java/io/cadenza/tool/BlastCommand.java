package io.cadenza.tool;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code cadenza blast}: sends generated lines and ends with one JSON object of totals on standard
 * output. Run by the command line on the main thread, which waits; exits 0 when done or signalled,
 * 1 when a server can't be connected to or went away, 2 on wrong usage.
 */
@Command(
    name = "blast",
    mixinStandardHelpOptions = true,
    description = "Sends generated statsd or graphite lines over tcp, udp, unix or http.")
public final class BlastCommand implements Callable<Integer> {
  private static final String DEFAULT_SERVER = "tcp://127.0.0.1:8125";
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = {"--servers", "-servers"},
      split = ",",
      paramLabel = "URL",
      description = "Where to send: tcp://, udp://, http://, unix:///path. " + DEFAULT_SERVER)
  private List<String> servers = new ArrayList<>();

  @Parameters(paramLabel = "URL", arity = "0..*", description = "More of them.")
  private List<String> more = new ArrayList<>();

  @Option(
      names = {"--type", "-type"},
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if not given.",
      defaultValue = "statsd",
      converter = KindConverter.class,
      completionCandidates = KindConverter.Words.class)
  private LineMaker.Kind kind;

  @Option(
      names = {"--buffer", "-buffer"},
      paramLabel = "BYTES",
      description = "Bytes of a write, in whole lines: ${DEFAULT-VALUE}.",
      defaultValue = "512")
  private int buffer;

  @Option(
      names = {"--forks", "-forks"},
      paramLabel = "N",
      description = "Senders for each server: ${DEFAULT-VALUE}.",
      defaultValue = "2")
  private int forks;

  @Option(
      names = {"--rate", "-rate"},
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Sleep after each buffer: ${DEFAULT-VALUE}; 0 is as fast as it is taken.",
      defaultValue = "0.1s")
  private Duration rate;

  @Option(
      names = {"--words", "-words"},
      split = ",",
      paramLabel = "WORD",
      description = "What keys are made of: ${DEFAULT-VALUE}.",
      defaultValue = "test,house,here,there,badline,cow,now")
  private List<String> words;

  @Option(
      names = {"--words-per-stat", "--words_per_stat", "-words_per_stat"},
      paramLabel = "N",
      description = "How many words a key has: ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private int wordsPerKey;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description = "End after so many lines.",
      defaultValue = "0")
  private long lines;

  /** For the command line. */
  public BlastCommand() {
    this(System.out, System.err);
  }

  BlastCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    BlastOptions options = options();
    InstantSource clock = InstantSource.system();
    LineMaker maker =
        new LineMaker(
            options.kind(), options.words(), options.wordsPerKey(), new SplittableRandom(), clock);
    try (Loop loop = new Loop()) {
      Blast blast = new Blast(loop.vertx(), options, EVERY, maker, clock, err);
      Ending ending = new Ending(blast::finish);
      try {
        return send(loop, blast);
      } finally {
        ending.finished();
      }
    } catch (Loop.Failed e) {
      err.println("blast: " + e.getMessage());
      return 1;
    }
  }

  private int send(Loop loop, Blast blast) throws Loop.Failed {
    loop.await(blast.start());
    loop.await(blast.done());
    Blast.Totals totals = loop.await(blast.stop());
    out.println(totals.json());
    out.flush();
    return totals.failed() == 0 ? 0 : 1;
  }

  private BlastOptions options() {
    List<String> given = new ArrayList<>(servers);
    given.addAll(more);
    try {
      List<Url> urls =
          (given.isEmpty() ? List.of(DEFAULT_SERVER) : given).stream().map(Url::parse).toList();
      return new BlastOptions(urls, kind, buffer, forks, rate, words, wordsPerKey, lines);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
