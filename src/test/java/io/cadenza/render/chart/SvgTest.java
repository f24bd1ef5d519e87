package io.cadenza.render.chart;

import static io.cadenza.render.chart.Pictures.NONE;
import static io.cadenza.render.chart.Pictures.chart;
import static io.cadenza.render.chart.Pictures.options;
import static io.cadenza.render.chart.Pictures.parsed;
import static io.cadenza.render.chart.Pictures.series;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgTest {
  private static final Set<String> HARMLESS =
      Set.of("svg", "g", "defs", "clipPath", "path", "rect", "line", "text", "title", "circle");

  @Test
  void hasItsSizeAndAName() {
    Element root =
        parsed(chart(options("width=400", "height=200", "title=Load"), series("a", 1, 2)).svg())
            .getDocumentElement();

    assertThat(root.getAttribute("width")).isEqualTo("400");
    assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 400 200");
    assertThat(root.getElementsByTagNameNS("*", "title").item(0).getTextContent())
        .isEqualTo("Load");
  }

  @Test
  void lineIsOnePathWithARunForEachPartBetweenGaps() {
    String[] bare = {"graphOnly=true", "colorList=ff0000"};
    Document svg =
        parsed(chart(options(bare), series("a", 1, 2, 3, NONE, 4, 5, NONE, NONE, 6, 7)).svg());

    List<String> lines =
        elements(svg, "path").stream()
            .filter(path -> "none".equals(path.getAttribute("fill")))
            .map(path -> path.getAttribute("d"))
            .filter(d -> d.contains("L"))
            .toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).chars().filter(c -> c == 'M')).hasSize(3);
    assertThat(lines.get(0).chars().filter(c -> c == 'L')).hasSize(4);
  }

  @Test
  void namesAreTextWhateverTheyHold() {
    String name = "</text><script>alert('1')</script>&amp;<![CDATA[\"";

    Document svg =
        parsed(chart(options("title=" + name, "vtitle=" + name), series(name, 1, 2)).svg());

    assertThat(svg.getElementsByTagNameNS("*", "script").getLength()).isZero();
    assertThat(elements(svg, "text")).extracting(Element::getTextContent).contains(name);
  }

  @Property(tries = 200)
  void anyNameGivesPlainXml(@ForAll String name) {
    Document svg = parsed(chart(options("title=" + name), series(name, 1, 2)).svg());

    for (Element element : elements(svg, "*")) {
      assertThat(HARMLESS).contains(element.getLocalName());
      assertThat(IntStream.range(0, element.getAttributes().getLength()))
          .noneMatch(i -> isActive(element.getAttributes().item(i).getNodeName()));
    }
  }

  private static boolean isActive(String attribute) {
    return attribute.startsWith("on") || attribute.endsWith("href") || attribute.equals("style");
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
