package io.cadenza.listen;

import io.cadenza.line.Invalid;
import java.util.Arrays;

/**
 * A compressed stream of something. Decompresses no more than there is room for: the rest waits,
 * compressed, so that a small piece that would be much fills no memory.
 */
final class GunzipInflow extends ArrayInflow {
  private final Inflow inner;
  private final byte[] out;
  private final Gunzip gunzip = new Gunzip();
  private boolean waits;
  private boolean broken;

  /**
   * @param out shared by all streams of the event loop
   */
  GunzipInflow(Intake intake, Inflow inner, byte[] out) {
    super(intake);
    this.inner = inner;
    this.out = out;
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    if (broken) {
      return;
    }
    if (waits) {
      byte[] rest = gunzip.rest();
      byte[] all = Arrays.copyOf(rest, rest.length + to - from);
      System.arraycopy(bytes, from, all, rest.length, to - from);
      gunzip.input(all, 0, all.length);
    } else {
      gunzip.input(bytes, from, to);
      work();
    }
  }

  private void work() {
    for (int n; (n = gunzip.output(out, 0, out.length)) != 0; ) {
      if (n == Decompressor.BROKEN) {
        broken = true;
        byte[] rest = gunzip.rest();
        intake.refused(Invalid.COMPRESSION, rest, 0, rest.length);
        return;
      }
      inner.take(out, 0, n);
      if (intake.mustWait()) {
        waits = true;
        byte[] rest = gunzip.rest();
        gunzip.input(rest, 0, rest.length);
        return;
      }
    }
    waits = false;
  }

  @Override
  public boolean proceed() {
    if (waits) {
      waits = false;
      work();
    }
    return !waits;
  }

  @Override
  public boolean broken() {
    return broken;
  }

  /** Without the end of its last member the stream broke, whatever the connection says. */
  @Override
  public void end() {
    if (broken || waits || !gunzip.between()) {
      cutOff();
    } else {
      gunzip.close();
      inner.end();
    }
  }

  @Override
  public void cutOff() {
    if (waits) {
      byte[] rest = gunzip.rest();
      intake.refused(Invalid.CUT_OFF, rest, 0, rest.length);
    }
    gunzip.close();
    inner.cutOff();
  }
}
