package io.cadenza.render.chart;

import java.awt.Dimension;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A canvas that becomes text. Colours are attributes and not styles, so that a page whose policy
 * forbids inline styles shows them too.
 */
final class Svg {
  private static final String SPACE = "http://www.w3.org/2000/svg";

  /** Digits of a coordinate behind the point. */
  private static final int PRECISION = 2;

  private Svg() {}

  /**
   * @param title what the picture is called by who can't see it
   */
  static String of(int width, int height, String title, Painting painting) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment(null);
    context.setPrecision(PRECISION);
    SVGGraphics2D canvas = new SVGGraphics2D(context, false);
    canvas.setSVGCanvasSize(new Dimension(width, height));
    painting.paint(canvas);
    Element root = canvas.getRoot();
    canvas.dispose();
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    root.setAttribute("role", "img");
    Element name = root.getOwnerDocument().createElementNS(SPACE, "title");
    name.setTextContent(title);
    root.insertBefore(name, root.getFirstChild());
    return text(root);
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK has no XML", e);
    }
  }

  private static String text(Element root) {
    try {
      TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(root), new StreamResult(text));
      return text.append('\n').toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("a picture can't be written as XML", e);
    }
  }
}
