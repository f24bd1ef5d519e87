package io.cadenza.index;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event loop pays for a name: is it known, of 1 000 000 in no order, and to add each of
 * them to an index that is empty at first.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NameBenchmark {
  private byte[][] names;
  private NameIndex full;
  private NameIndex growing;
  private int next;

  @Setup
  public void build() {
    names = MillionNames.inNoOrder();
    full = new NameIndex();
    add(full);
  }

  @Setup(Level.Iteration)
  public void empty() {
    growing = new NameIndex();
  }

  private int add(NameIndex index) {
    int added = 0;
    for (byte[] name : names) {
      added += index.add(name, 0, name.length) ? 1 : 0;
    }
    return added;
  }

  @Benchmark
  public boolean contains() {
    next = next + 1 == names.length ? 0 : next + 1;
    byte[] name = names[next];
    return full.contains(name, 0, name.length);
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OperationsPerInvocation(MillionNames.COUNT)
  @Warmup(iterations = 5)
  @Measurement(iterations = 5)
  public int add() {
    return add(growing);
  }
}
