package io.cadenza.render.chart;

import io.cadenza.render.Series;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Makes pictures for tests, and looks at them. */
final class Pictures {
  static final long START = 1_700_000_000L;
  static final double NONE = Double.NaN;

  private Pictures() {}

  static Series series(String name, double... values) {
    return new Series(name, name, Map.of("name", name), START, 1, values);
  }

  static double[] filled(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  /** Of parameters, each as {@code name=value}. */
  static ChartOptions options(String... parameters) {
    Map<String, String> given = new HashMap<>();
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      given.put(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    return ChartOptions.of(given::get, ZoneOffset.UTC);
  }

  /** Over the time of the first, which has to be there. */
  static Chart chart(ChartOptions options, Series... series) {
    return new Chart(options, List.of(series), START, series[0].end());
  }

  /** Only lines, of one red and then one green, a hundred pixels each way, values from 0 to 10. */
  static BufferedImage bare(List<String> parameters, Series... series) {
    HashMap<String, String> given = new HashMap<>();
    given.put("width", "100");
    given.put("height", "100");
    given.put("graphOnly", "true");
    given.put("bgcolor", "000000");
    given.put("colorList", "ff0000,00ff00");
    given.put("lineWidth", "4");
    given.put("yMin", "0");
    given.put("yMax", "10");
    for (String parameter : parameters) {
      given.put(parameter.split("=")[0], parameter.split("=")[1]);
    }
    return image(chart(ChartOptions.of(given::get, ZoneOffset.UTC), series).png());
  }

  static BufferedImage image(byte[] png) {
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  /** How many pixels have a colour. */
  static long count(BufferedImage image, int colour) {
    int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(all).filter(one -> (one & 0xffffff) == colour).count();
  }

  static Document parsed(String svg) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    } catch (Exception e) {
      throw new AssertionError("no XML: " + svg, e);
    }
  }
}
