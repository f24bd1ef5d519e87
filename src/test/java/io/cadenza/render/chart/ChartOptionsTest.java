package io.cadenza.render.chart;

import static io.cadenza.render.chart.Pictures.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.render.RenderException;
import io.cadenza.render.RenderException.Kind;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartOptionsTest {
  @Test
  void defaultsAreThoseOfGraphite() {
    ChartOptions options = options();

    assertThat(options.width()).isEqualTo(330);
    assertThat(options.height()).isEqualTo(250);
    assertThat(options.look().background()).isEqualTo(0xff000000);
    assertThat(options.look().foreground()).isEqualTo(0xffffffff);
    assertThat(options.drawing().line()).isEqualTo(LineMode.SLOPE);
    assertThat(options.drawing().area()).isEqualTo(AreaMode.NONE);
    assertThat(options.scale().first().min()).isNaN();
    assertThat(options.zone()).isEqualTo(ZoneOffset.UTC);
  }

  @Test
  void readsWhatARequestSays() {
    ChartOptions options =
        options(
            "width=800",
            "height=600",
            "title=a b",
            "vtitle=c",
            "areaMode=Stacked",
            "lineMode=staircase",
            "lineWidth=2.5",
            "yMin=-1e3",
            "yMax=0.5",
            "yAxisSide=right",
            "yUnitSystem=binary",
            "colorList=red,#0f8,00c83280",
            "fontSize=14",
            "tz=Europe/Berlin",
            "hideYAxis=true",
            "hideGrid=1",
            "hideLegend=false");

    assertThat(options.width()).isEqualTo(800);
    assertThat(options.title()).isEqualTo("a b");
    assertThat(options.drawing())
        .isEqualTo(
            new ChartOptions.Drawing(
                AreaMode.STACKED, Double.NaN, LineMode.STAIRCASE, 2.5, Integer.MAX_VALUE, false));
    assertThat(options.scale())
        .isEqualTo(
            new ChartOptions.Scale(
                new ChartOptions.Range(-1000, 0.5),
                new ChartOptions.Range(Double.NaN, Double.NaN),
                UnitSystem.BINARY,
                true));
    assertThat(options.look().lines()).isEqualTo(List.of(0xffc80032, 0xff00ff88, 0x8000c832));
    assertThat(options.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(options.frame()).isEqualTo(new ChartOptions.Frame(true, true, false, false));
  }

  @Test
  void emptyParameterIsNone() {
    assertThat(options("width=", "yMax= ", "colorList=", "tz=").width()).isEqualTo(330);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "width=a | REQUEST | width=a: a whole number from 16 to 4096",
        "width=20.5 | REQUEST | width=20.5: a whole number from 16 to 4096",
        "width=15 | LIMIT | width=15: from 16 to 4096",
        "height=99999999999 | LIMIT | height=99999999999: from 16 to 4096",
        "lineWidth=nan | REQUEST | lineWidth=nan: a number",
        "lineWidth=NaN | REQUEST | lineWidth=NaN: a number",
        "yMin=Infinity | REQUEST | yMin=Infinity: a number",
        "areaAlpha=2 | LIMIT | areaAlpha=2: from 0 to 1",
        "areaMode=some | REQUEST | areaMode=some: one of none, first, all, stacked",
        "hideLegend=perhaps | REQUEST | hideLegend=perhaps: true or false",
        "tz=Mars/Base | REQUEST | tz=Mars/Base: a time zone such as Europe/Berlin",
        "graphType=pie | REQUEST | graphType: only line is drawn",
      })
  void whatCannotBeReadIsToldWithWhatWouldBeRight(String parameter, Kind kind, String text) {
    assertThatThrownBy(() -> options(parameter))
        .isInstanceOf(RenderException.class)
        .hasMessage(text)
        .extracting(e -> ((RenderException) e).kind())
        .isEqualTo(kind);
  }

  @Test
  void colourThatNobodyKnowsIsTold() {
    assertThatThrownBy(() -> options("bgcolor=12345"))
        .hasMessage("bgcolor=12345: a name such as red, or red green blue as 00c832");
    assertThatThrownBy(() -> options("colorList=red,,blue")).hasMessageContaining("colorList=:");
  }

  @Test
  void pixelsAreBoundedInAll() {
    assertThat(options("width=4096", "height=2048").width()).isEqualTo(4096);
    assertThatThrownBy(() -> options("width=4096", "height=4096"))
        .hasMessage("width=4096 and height=4096: at most 8388608 pixels in all");
  }

  @Test
  void rangeHasToHaveAHeight() {
    assertThatThrownBy(() -> options("yMin=5", "yMax=5"))
        .hasMessage("yMin=5.0 and yMax=5.0: the first has to be the smaller");
  }

  @Test
  void longTextIsCutWhereItTellsLeast() {
    ChartOptions options = options("title=start" + "x".repeat(100_000) + "end");

    assertThat(options.title()).hasSize(300).startsWith("start").endsWith("end").contains("…");
  }
}
