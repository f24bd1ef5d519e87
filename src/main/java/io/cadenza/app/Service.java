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

  /** Between looks whether another process has done starting. */
  private static final long TURN_MILLIS = 50;

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
  private volatile boolean succeeded;
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
    if (pidFile != null) {
      exit = takeTurn();
    }
    if (exit == null) {
      (before.isPresent() ? relay.startBeside() : relay.start())
          .onComplete(started -> notes.add(() -> started(started)));
    }
    while (exit == null) {
      heed(notes.take());
    }
    return exit;
  }

  /** Finds out whose place it is; answers the exit code where it can't be had. */
  private Integer takeTurn() throws InterruptedException {
    try {
      for (boolean told = false; !pidFile.takeTurn(); told = true) {
        if (!told) {
          LOG.info("another process starts with this pid file: waits until it has done so");
        }
        Runnable note = notes.poll(TURN_MILLIS, TimeUnit.MILLISECONDS);
        if (note != null) {
          heed(note);
        }
        if (exit != null) {
          return exit;
        }
      }
      before = pidFile.serving();
    } catch (IOException e) {
      LOG.error("the pid file can't be used: {}", e.toString());
      return 1;
    }
    if (before.isPresent() && !replaces) {
      LOG.error(
          "the pid file names process {}, which runs; take its place with --replace",
          before.getAsLong());
      return 1;
    }
    return null;
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
    int times = stops.incrementAndGet();
    if (times == 1) {
      notes.add(this::stop);
    } else if (times == 2 && !succeeded && successor().isPresent()) {
      LOG.info("told to stop by the process that takes over as well: goes on stopping");
      stops.decrementAndGet();
      succeeded = true;
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
    if (before.isPresent()) {
      takeOver();
    } else if (pidFile != null) {
      serve();
      endTurn();
    }
    if (reloads) {
      reload();
    }
  }

  private boolean serve() {
    try {
      pidFile.write();
      return true;
    } catch (IOException e) {
      LOG.error("the pid file can't be written: {}", e.toString());
      return false;
    }
  }

  /** New connections come here from now on; those begun elsewhere are ended there. */
  private void takeOver() {
    Executor later = CompletableFuture.delayedExecutor(HANDSHAKE_MILLIS, TimeUnit.MILLISECONDS);
    relay.prefer().onComplete(done -> later.execute(() -> notes.add(this::endOther)));
  }

  /** Until here the file names the other: were this process killed, that one would serve on. */
  private void endOther() {
    if (!serve()) {
      LOG.error("process {} stays, and this one ends", before.getAsLong());
      stopRelay(false);
      exit = 1;
      return;
    }
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
    endTurn();
  }

  private void endTurn() {
    try {
      pidFile.endTurn();
    } catch (IOException e) {
      LOG.warn("the lock of the pid file can't be given back: {}", e.toString());
    }
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
      boolean another = stopRelay(true);
      LOG.info(another ? "stopped; another process serves" : "stopped");
    } finally {
      exit = 0; // Also where a mistake of ours is in the way.
    }
  }

  private boolean stopRelay(boolean served) {
    OptionalLong successor = served ? successor() : OptionalLong.empty();
    succeeded = successor.isPresent();
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

  private OptionalLong successor() {
    try {
      return pidFile == null ? OptionalLong.empty() : pidFile.successor();
    } catch (IOException e) {
      LOG.warn("the pid file can't be read: {}", e.toString());
      return OptionalLong.empty();
    }
  }
}
