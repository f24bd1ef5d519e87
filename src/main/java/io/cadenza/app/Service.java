package io.cadenza.app;

import io.cadenza.config.ConfigException;
import io.vertx.core.AsyncResult;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The life of the process: the relay starts, hears signals, takes the place of the process before
 * it or gives way to the next, and stops. All of it on the thread that calls, one thing after the
 * other; signals are but notes to it.
 */
final class Service {
  private static final Logger LOG = LoggerFactory.getLogger("cadenza");

  /** How long a handshake may take that was begun with the process before. */
  private static final long HANDSHAKE_MILLIS = 300;

  private static final long CLOSING_MILLIS = 5000;

  private final RelayConfig config;
  private final Supplier<RelayConfig> file;
  private final PidFile pidFile;
  private final boolean replaces;
  private final Relay relay;
  private final BlockingQueue<Runnable> notes = new LinkedBlockingQueue<>();
  private final AtomicInteger stops = new AtomicInteger();
  private OptionalLong before = OptionalLong.empty();
  private boolean ready;
  private boolean reloads;
  private volatile Integer exit;

  /**
   * @param file reads the configuration again
   * @param pidFile null for none
   * @param replaces whether to take the place of the process that the file names
   */
  Service(
      RelayConfig config,
      Map<String, Integer> instances,
      Supplier<RelayConfig> file,
      PidFile pidFile,
      boolean replaces) {
    this.config = config;
    this.file = file;
    this.pidFile = pidFile;
    this.replaces = replaces;
    this.relay = new Relay(config, instances, Clock.systemUTC());
  }

  /** Runs until it is told to stop; answers the exit code. */
  int run() throws InterruptedException {
    // A thread that a full heap has ended would leave the rest half dead.
    Thread.setDefaultUncaughtExceptionHandler(relay.failures());
    listen();
    LOG.info("Cadenza {} starts as process {}", About.version(), ProcessHandle.current().pid());
    try {
      before = pidFile == null ? OptionalLong.empty() : pidFile.serving();
    } catch (IOException e) {
      LOG.error("the pid file can't be read: {}", e.toString());
      return 1;
    }
    if (before.isPresent() && !replaces) {
      LOG.error(
          "the pid file names process {}, which runs; take its place with --replace",
          before.getAsLong());
      return 1;
    }
    (before.isPresent() ? relay.startBeside() : relay.start())
        .onComplete(started -> notes.add(() -> started(started)));
    while (exit == null) {
      heed(notes.take());
    }
    return exit;
  }

  /** A mistake of ours costs what was to be done, not the process. */
  private static void heed(Runnable note) {
    try {
      note.run();
    } catch (RuntimeException mistake) {
      LOG.error("what was to be done could not be", mistake);
    }
  }

  private void listen() {
    boolean heard = Signals.on("TERM", this::stopSoon) && Signals.on("INT", this::stopSoon);
    if (!heard) {
      LOG.warn("signals can't be heard here: a stop is one without a second thought");
      Runtime.getRuntime().addShutdownHook(new Thread(this::stopNow, "stop"));
    }
    if (!Signals.on("HUP", () -> notes.add(this::reload))) {
      LOG.warn("SIGHUP can't be heard here: the file is read at the start only");
    }
  }

  /** The first time in order, the second time at once. */
  private void stopSoon() {
    if (stops.incrementAndGet() == 1) {
      notes.add(this::stop);
    } else {
      LOG.warn("told to stop again: what is left is lost");
      Runtime.getRuntime().halt(0);
    }
  }

  private void stopNow() {
    if (exit == null) {
      stop();
      Runtime.getRuntime().halt(0);
    }
  }

  private void started(AsyncResult<Void> started) {
    if (started.failed()) {
      LOG.error(started.cause().getMessage());
      stopRelay(false);
      exit = 1;
      return;
    }
    Greeting.tell(config);
    ready = true;
    try {
      if (pidFile != null) {
        pidFile.write();
      }
    } catch (IOException e) {
      LOG.error("the pid file can't be written: {}", e.toString());
    }
    takeOver();
    if (reloads) {
      reload();
    }
  }

  /** New connections come here from now on; those begun elsewhere are ended there. */
  private void takeOver() {
    if (before.isPresent()) {
      Executor later = CompletableFuture.delayedExecutor(HANDSHAKE_MILLIS, TimeUnit.MILLISECONDS);
      relay.prefer().onComplete(done -> later.execute(() -> notes.add(this::endOther)));
    }
  }

  private void endOther() {
    long pid = before.getAsLong();
    ProcessHandle.of(pid)
        .ifPresentOrElse(
            other -> {
              LOG.info("takes the place of process {}, which is told to stop", pid);
              other.onExit().thenRun(() -> notes.add(() -> left(pid)));
              other.destroy();
            },
            () -> left(pid));
  }

  private void left(long pid) {
    LOG.info("process {} has left", pid);
    relay.share();
  }

  private void reload() {
    reloads = !ready;
    if (reloads) {
      return; // The file may have been read before it was changed: again, once all runs.
    }
    RelayConfig wanted;
    try {
      wanted = file.get();
    } catch (ConfigException wrong) {
      notReloaded(wrong.getMessage());
      return;
    }
    relay.reload(wanted).onSuccess(this::reloaded).onFailure(e -> notReloaded(e.getMessage()));
  }

  private void reloaded(Difference difference) {
    List<String> lines = difference.lines();
    lines.forEach(line -> LOG.info("reload: {}", line));
    relay.events().add(Level.INFO, "reload", "configuration", "read again: " + what(lines));
  }

  private static String what(List<String> lines) {
    return lines.size() == 1 ? lines.get(0) : lines.size() + " things are different";
  }

  private void notReloaded(String why) {
    String text = "not reloaded, what runs stays as it is: " + why;
    relay.events().add(Level.ERROR, "reload-failed", "configuration", text);
  }

  private void stop() {
    LOG.info("stopping");
    try {
      boolean succeeded = stopRelay(true);
      LOG.info(succeeded ? "stopped; another process serves" : "stopped");
    } finally {
      exit = 0; // Also where a mistake of ours is in the way.
    }
  }

  private boolean stopRelay(boolean served) {
    OptionalLong successor = OptionalLong.empty();
    try {
      successor = pidFile == null || !served ? successor : pidFile.successor();
    } catch (IOException e) {
      LOG.warn("the pid file can't be read: {}", e.toString());
    }
    successor.ifPresent(pid -> LOG.info("process {} takes over", pid));
    RelayConfig last = relay.config();
    long millis = last.shutdownDeadline().plus(last.shutdownGrace()).toMillis();
    // A reload that is under way ends first: it waits for its own senders as long.
    long most = 2 * millis + CLOSING_MILLIS;
    try {
      relay
          .stop(successor.isPresent())
          .toCompletionStage()
          .toCompletableFuture()
          .get(most, TimeUnit.MILLISECONDS);
      if (pidFile != null) {
        pidFile.remove();
      }
    } catch (ExecutionException | TimeoutException | IOException e) {
      LOG.warn("could not stop in time: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return successor.isPresent();
  }
}
