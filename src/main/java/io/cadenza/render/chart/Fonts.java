package io.cadenza.render.chart;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this machine can draw letters: a slim server has neither a font nor the libraries that
 * read one, and then the JDK fails in many ways.
 */
final class Fonts {
  private static final Logger LOG = LoggerFactory.getLogger(Fonts.class);

  private Fonts() {}

  /** Asked of the machine once, as it takes a while and does not change. */
  private static final class Found {
    static final boolean USABLE = tried();
  }

  static boolean usable() {
    return Found.USABLE;
  }

  private static boolean tried() {
    try {
      Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 10);
      return font.getStringBounds("0", new FontRenderContext(null, true, true)).getWidth() > 0;
    } catch (LinkageError | InternalError | RuntimeException e) {
      LOG.warn("Pictures have no words: there are no usable fonts ({})", e.toString());
      return false;
    }
  }
}
