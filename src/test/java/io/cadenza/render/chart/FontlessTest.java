package io.cadenza.render.chart;

import static io.cadenza.render.chart.Pictures.count;
import static io.cadenza.render.chart.Pictures.image;
import static io.cadenza.render.chart.Pictures.options;
import static io.cadenza.render.chart.Pictures.series;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.render.RenderException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server without fonts: a JVM of its own, whose fonts fail as they do without libfreetype. */
class FontlessTest {
  private static final String NO_FONTS =
      """
      package sun.font;

      public final class FontManagerFactory {
        public static synchronized FontManager getInstance() {
          throw new UnsatisfiedLinkError("libfreetype.so.6: cannot open shared object file");
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void withoutFontsThereAreLinesAndNoWordsAndSvgIsRefused()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--patch-module",
                "java.desktop=" + patch(),
                "-cp",
                System.getProperty("java.class.path"),
                FontlessTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output)
        .contains("lines true\n")
        .endsWith(
            "STORE: this server can't draw pictures (java.lang.UnsatisfiedLinkError:"
                + " libfreetype.so.6: cannot open shared object file): ask for format=json\n");
  }

  private Path patch() throws IOException {
    Path source = Files.writeString(folder.resolve("FontManagerFactory.java"), NO_FONTS);
    Path classes = folder.resolve("classes");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                OutputStream.nullOutputStream(),
                "--patch-module",
                "java.desktop=" + folder,
                "-d",
                classes.toString(),
                source.toString());
    assertThat(result).isZero();
    return classes;
  }

  /** In the JVM without fonts. */
  public static void main(String[] arguments) {
    ChartOptions options =
        options("title=t", "vtitle=v", "colorList=ff0000", "lineWidth=3", "bgcolor=black");
    Chart chart = Pictures.chart(options, series("a", 1, 5, 3));
    System.out.println("lines " + (count(image(chart.png()), 0xff0000) > 100));
    try {
      System.out.println(chart.svg());
    } catch (RenderException e) {
      System.out.println(e.kind() + ": " + e.getMessage());
    }
  }
}
