package io.cadenza.render.chart;

import io.cadenza.render.RenderException;
import io.cadenza.render.RenderException.Kind;
import io.cadenza.render.Series;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of series: what {@code /render} answers for the formats png and svg.
 *
 * <p>Drawing takes milliseconds to seconds and may wait for others: for worker threads, never an
 * event loop. Any number of threads may draw at once, each a chart of its own; nobody may change
 * the series meanwhile. Needs no screen. On a machine without fonts a PNG has lines only, and there
 * is no SVG.
 */
public final class Chart {
  /** In a picture; nobody can tell more apart. */
  public static final int MOST_SERIES = 2000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BYTES_OF_PIXEL = 4;

  /** As a point of a line, a step of a path and text. */
  private static final int BYTES_OF_POINT = 64;

  /** Of all pictures that are drawn at the same time: more than the largest needs. */
  private static final CanvasRoom ROOM = new CanvasRoom(128 << 20, PATIENCE);

  static {
    // Before any class of AWT looks for a screen, unless who started the JVM said otherwise.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private final ChartOptions options;
  private final List<Series> series;
  private final long from;
  private final long until;

  /**
   * @param series in the order of the legend; not copied. What is more than the picture has pixels
   *     is drawn too, by its extremes: who wants consolidated values hands those in
   * @param from seconds since 1970 where the time axis begins; it ends at {@code until}
   * @throws RenderException when there are more than {@link #MOST_SERIES}
   */
  public Chart(ChartOptions options, List<Series> series, long from, long until) {
    if (series.size() > MOST_SERIES) {
      String text = "%d series in a picture: at most %d can be drawn";
      throw new RenderException(Kind.LIMIT, text.formatted(series.size(), MOST_SERIES));
    }
    this.options = options;
    this.series = List.copyOf(series);
    this.from = from;
    this.until = until;
  }

  /**
   * @throws RenderException when it takes too long until there is memory for it, or this machine
   *     can't draw
   */
  public byte[] png() {
    return drawn(this::pngOf);
  }

  /**
   * An XML document in UTF-8 without a declaration.
   *
   * @throws RenderException as {@link #png}
   */
  public String svg() {
    String count = series.size() == 1 ? "1 series" : series.size() + " series";
    String title = options.title().isEmpty() ? count : options.title();
    return drawn(painting -> Svg.of(options.width(), options.height(), title, painting));
  }

  private <T> T drawn(Function<Painting, T> onto) {
    try {
      return ROOM.during(
          bytes(), () -> onto.apply(new Painting(options, series, from, until, Fonts.usable())));
    } catch (LinkageError | InternalError e) {
      // What the JDK throws where a library of the system is missing.
      throw new RenderException(
          Kind.STORE, "this server can't draw pictures (" + e + "): ask for format=json", e);
    }
  }

  private int bytes() {
    int pixels = options.width() * options.height();
    return BYTES_OF_PIXEL * pixels + BYTES_OF_POINT * Traces.mostPoints(series, options.width());
  }

  private byte[] pngOf(Painting painting) {
    boolean opaque = options.look().background() >>> 24 == 0xff;
    int type = opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    BufferedImage image = new BufferedImage(options.width(), options.height(), type);
    Graphics2D canvas = image.createGraphics();
    try {
      painting.paint(canvas);
    } finally {
      canvas.dispose();
    }
    return encoded(image);
  }

  private static byte[] encoded(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // ImageIO's own choice of a stream is one by a file.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
