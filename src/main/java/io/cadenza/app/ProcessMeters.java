package io.cadenza.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.cadenza.bus.Window;
import io.cadenza.meter.Meters;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.function.LongSupplier;

/** What the process has of what the system gives it, and how much of each it may have. */
final class ProcessMeters {
  private static final long UNKNOWN = -1;

  private final Meters.Scope scope;

  /**
   * @param connections of all listeners together
   */
  ProcessMeters(Meters meters, Window connections) {
    scope = meters.process();
    level("connections", connections::taken, connections::limit, "Connections of all listeners");
    level("descriptors", ProcessMeters::open, ProcessMeters::mostDescriptors, "Descriptors open");
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    level(
        "heap-bytes",
        () -> memory.getHeapMemoryUsage().getUsed(),
        () -> memory.getHeapMemoryUsage().getMax(),
        "Heap used");
    level("direct-bytes", DirectMemory::used, DirectMemory::most, "Memory of socket buffers");
    scope.gauge(
        "threads", () -> ManagementFactory.getThreadMXBean().getThreadCount(), "Threads that live");
  }

  private void level(String figure, LongSupplier now, LongSupplier most, String help) {
    scope.gauge(figure, now, help);
    boolean bytes = figure.endsWith("-bytes");
    String limit = bytes ? figure.replace("-bytes", "-limit-bytes") : figure + "-limit";
    scope.gauge(limit, most, "The bound of " + figure);
  }

  private static long open() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : UNKNOWN;
  }

  /** How many descriptors the process may have open; negative where the system does not tell. */
  static long mostDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : UNKNOWN;
  }
}
