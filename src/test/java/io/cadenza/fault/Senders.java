package io.cadenza.fault;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Connections that send numbered lines, each in a thread of its own, at a rate or without end. */
final class Senders implements AutoCloseable {
  private final int keys;
  private final List<Sender> all = new ArrayList<>();
  private int batch = 200;
  private boolean again;
  private long most = Long.MAX_VALUE;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean stop;
  private volatile boolean held;
  private volatile long rate = Long.MAX_VALUE;

  Senders(int keys) {
    this.keys = keys;
  }

  /** Lines in a write, or a request. */
  Senders batch(int lines) {
    batch = lines;
    return this;
  }

  /** What failed is sent again on a new connection, for as long as it takes. */
  Senders again() {
    again = true;
    return this;
  }

  /** Each connection sends so many lines and ends. */
  Senders lines(long each) {
    most = each;
    return this;
  }

  /** Lines a second, of each connection; may be changed at any time. */
  Senders rate(long each) {
    rate = each;
    return this;
  }

  /** Starts some connections, which are numbered from those on that there are. */
  Senders start(int connections, Way.Opener way) {
    for (int i = 0; i < connections; i++) {
      Sender sender = new Sender(all.size(), way);
      all.add(sender);
      sender.start();
    }
    return this;
  }

  /** Lines of each connection that were handed over; over HTTP, those that were answered. */
  long[] sent() {
    return all.stream().mapToLong(sender -> sender.sent).toArray();
  }

  /** As {@link #sent}, with what may have been handed over: what failed and was not sent again. */
  long[] offered() {
    return all.stream().mapToLong(sender -> sender.offered).toArray();
  }

  long total() {
    return Arrays.stream(sent()).sum();
  }

  /** Connections that broke, and attempts that were refused. */
  int failures() {
    return failures.get();
  }

  /** Nothing more is begun for now. */
  void hold() {
    held = true;
    for (long before = -1; before != total(); ) {
      before = total();
      LockSupport.parkNanos(300_000_000);
    }
  }

  void proceed() {
    held = false;
  }

  /** Attempts to connect that failed. */
  int refused() {
    return refused.get();
  }

  /** Waits until nobody can send on: all are held back. */
  void awaitHeld() {
    long[][] before = {null};
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              long[] now = sent();
              boolean held = Arrays.equals(before[0], now);
              before[0] = now;
              return held;
            });
  }

  /** Waits until all have sent what they were to send. */
  Senders join() {
    for (Sender sender : all) {
      try {
        sender.join(TimeUnit.SECONDS.toMillis(120));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (sender.isAlive()) {
        throw new AssertionError("connection " + sender.connection + " cannot get on");
      }
    }
    return this;
  }

  /** Each ends what it has begun. */
  Senders stop() {
    stop = true;
    return join();
  }

  @Override
  public void close() {
    stop = true;
    again = false;
    all.forEach(Thread::interrupt);
  }

  private final class Sender extends Thread {
    private final int connection;
    private final Way.Opener opener;
    private Way way;
    private long due = System.nanoTime();
    private volatile long sent;
    private volatile long offered;

    private Sender(int connection, Way.Opener opener) {
      super("sender-" + connection);
      this.connection = connection;
      this.opener = opener;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (!stop && sent < most) {
          if (held) {
            LockSupport.parkNanos(20_000_000);
            continue;
          }
          int lines = (int) Math.min(batch(), most - sent);
          while (!send(lines)) {
            if (!again) {
              return;
            }
            LockSupport.parkNanos(20_000_000);
          }
        }
      } finally {
        hangUp();
      }
    }

    /** At a rate, some lines every ten milliseconds. */
    private int batch() {
      long now = rate;
      if (now == Long.MAX_VALUE) {
        return batch;
      }
      int lines = (int) Math.max(1, Math.min(batch, now / 100));
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      due = Math.max(due, System.nanoTime() - 1_000_000_000) + lines * 1_000_000_000L / now;
      return lines;
    }

    private boolean send(int lines) {
      try {
        if (way != null && way.hungUp()) {
          throw new IOException("hung up");
        }
        if (way == null) {
          way = opener.open(keys);
        }
        offered = sent + lines;
        way.send(connection, sent, lines);
        sent += lines;
        return true;
      } catch (IOException broken) {
        if (way == null) {
          refused.incrementAndGet();
        }
        failures.incrementAndGet();
        hangUp();
        return false;
      }
    }

    private void hangUp() {
      Way old = way;
      way = null;
      try {
        if (old != null) {
          old.close();
        }
      } catch (IOException gone) {
        // It is over either way.
      }
    }
  }
}
