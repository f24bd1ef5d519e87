package io.cadenza.app;

import io.cadenza.listen.ListenerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the relay until it is told to stop. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the relay. SIGTERM stops it: what it has is sent on first.",
      "SIGHUP has it read its file again, and change what is different."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ConfigOption option;

  @Spec private CommandSpec spec;

  @Option(
      names = "--instances",
      paramLabel = "N|NAME=N",
      description = "Event loops; or the instances of one listener. May be given several times.")
  private List<String> instances = new ArrayList<>();

  @Option(
      names = "--pid-file",
      paramLabel = "FILE",
      description = "Where to say which process serves, once it does.")
  private Path pidFile;

  @Option(
      names = "--replace",
      description = {
        "Start beside the process that the pid file names, on the same ports,",
        "and when all is ready have it stop. Without such a process, just start."
      })
  private boolean replace;

  @Override
  public Integer call() throws InterruptedException {
    if (replace && pidFile == null) {
      throw new ParameterException(
          spec.commandLine(), "--replace needs --pid-file, which says what to replace");
    }
    Map<String, Integer> own = new HashMap<>();
    int loops = 0;
    for (String text : instances) {
      int equals = text.indexOf('=');
      int n = number(text.substring(equals + 1));
      if (equals < 0) {
        loops = n;
      } else {
        own.put(text.substring(0, equals), n);
      }
    }
    Optional<RelayConfig> read = option.read();
    if (read.isEmpty()) {
      return 1;
    }
    RelayConfig config = withLoops(read.get(), loops);
    checkNames(own, config);
    int given = loops;
    PidFile named = pidFile == null ? null : new PidFile(pidFile.toAbsolutePath());
    return new Service(config, own, () -> withLoops(option.load(), given), named, replace).run();
  }

  private static RelayConfig withLoops(RelayConfig config, int loops) {
    return loops == 0 ? config : config.withInstances(loops);
  }

  private int number(String text) {
    try {
      int n = Integer.parseInt(text.trim());
      if (n >= 1 && n <= 256) {
        return n;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new ParameterException(
        spec.commandLine(), "--instances: \"" + text + "\" is no number from 1 to 256");
  }

  private void checkNames(Map<String, Integer> own, RelayConfig config) {
    List<String> known = config.listeners().stream().map(ListenerConfig::name).toList();
    for (String name : own.keySet()) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "--instances: no listener " + name + "; known: " + known);
      }
    }
  }
}
