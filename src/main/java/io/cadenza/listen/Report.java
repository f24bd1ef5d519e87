package io.cadenza.listen;

import io.cadenza.bus.Receipt;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What became of the lines of one request: how many there were, which were refused by the listener
 * or by the pipeline, and why. Complete when all its batches were dealt with.
 *
 * <p>Belongs to the listener's event loop; what routers say is handed over to it.
 */
final class Report implements Ledger {
  private static final int MOST_ERRORS = 20;
  private static final int SHOWN = 120;

  private record Refused(int line, Invalid why, String text) {}

  private final Consumer<Runnable> home;
  private final boolean waits;
  private Runnable whenComplete = () -> {};
  private final List<Refused> errors = new ArrayList<>();
  private int lines;
  private int invalid;
  private int[] numbers = new int[64];
  private int taken;
  private int underWay = 1;

  /**
   * @param waits whether it is complete when the router has dealt with all lines, and says what was
   *     refused there; else as soon as they are handed over
   * @param home runs a task on the listener's event loop
   */
  Report(boolean waits, Consumer<Runnable> home) {
    this.waits = waits;
    this.home = home;
  }

  /** Says what is called, once, on the listener's event loop. */
  void whenComplete(Runnable task) {
    whenComplete = task;
  }

  @Override
  public void refused(Invalid why, byte[] bytes, int from, int to) {
    lines++;
    add(lines, why, bytes, from, to);
  }

  private void add(int line, Invalid why, byte[] bytes, int from, int to) {
    invalid++;
    if (errors.size() < MOST_ERRORS) {
      int end = Math.min(to, from + SHOWN);
      errors.add(
          new Refused(line, why, new String(bytes, from, end - from, StandardCharsets.UTF_8)));
    }
  }

  @Override
  public void taken() {
    if (taken == numbers.length) {
      numbers = Arrays.copyOf(numbers, taken * 2);
    }
    numbers[taken++] = ++lines;
  }

  @Override
  public Receipt sealed(LineBatch batch) {
    if (!waits) {
      taken = 0;
      return null;
    }
    underWay++;
    int[] own = Arrays.copyOf(numbers, taken);
    taken = 0;
    return new Part(batch, own);
  }

  /** Whether it tells what became of all lines. */
  boolean isFinal() {
    return waits;
  }

  /** All lines of the request have been looked at. */
  void allGiven() {
    dealtWith();
  }

  private void dealtWith() {
    if (--underWay == 0) {
      whenComplete.run();
    }
  }

  /** How many lines there were, good or bad. */
  int lines() {
    return lines;
  }

  int accepted() {
    return lines - invalid;
  }

  JsonObject json() {
    errors.sort(Comparator.comparingInt(Refused::line));
    JsonArray told = new JsonArray();
    for (Refused error : errors) {
      told.add(
          new JsonObject()
              .put("line", error.line)
              .put("reason", error.why.label())
              .put("text", error.text));
    }
    return new JsonObject()
        .put("lines", lines)
        .put("accepted", accepted())
        .put("invalid", invalid)
        .put("errors", told);
  }

  /** One batch: collects on the router's thread, then hands over. */
  private final class Part implements Receipt {
    private final LineBatch batch;
    private final int[] numbers;
    private final List<Refused> found = new ArrayList<>();
    private int refused;

    private Part(LineBatch batch, int[] numbers) {
      this.batch = batch;
      this.numbers = numbers;
    }

    @Override
    public void refused(int line, Invalid why) {
      refused++;
      if (found.size() < MOST_ERRORS) {
        int from = batch.start(line);
        int size = Math.min(SHOWN, batch.end(line) - from);
        String text = new String(batch.bytes(), from, size, StandardCharsets.UTF_8);
        found.add(new Refused(numbers[line], why, text));
      }
    }

    @Override
    public void done() {
      home.accept(this::handOver);
    }

    private void handOver() {
      invalid += refused;
      int room = Math.max(0, MOST_ERRORS - errors.size());
      errors.addAll(found.subList(0, Math.min(room, found.size())));
      dealtWith();
    }
  }
}
