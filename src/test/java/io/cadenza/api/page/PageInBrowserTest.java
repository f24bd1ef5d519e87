package io.cadenza.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a person uses it, by keyboard and mouse, in a browser. */
class PageInBrowserTest {
  private static final int BLUE = 0x4e8ef7;
  private static final String ROWS = "document.querySelectorAll('.legend tbody tr').length";
  private static final String NO_MENU = "document.querySelector('.suggestions').hidden";
  private static final String FIND = "document.getElementById('find').value";

  @TempDir private static Path folder;
  private static Chromium browser;

  private CannedApi api;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Chromium.program();
    assumeTrue(
        program.isPresent(),
        "the page is not tried in a browser: there is no chromium on PATH, nor in CHROMIUM");
    browser = Chromium.start(program.get(), folder);
    browser.size(1200, 1000);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void serve() {
    api = new CannedApi("/graphite/");
    for (String host : List.of("web01", "web02", "web03")) {
      api.names.add("servers." + host + ".cpu.user");
      api.names.add("servers." + host + ".load");
    }
    api.names.add("app.requests");
    browser.complaints().clear();
  }

  @AfterEach
  void close() {
    browser.open("about:blank");
    api.close();
  }

  private void open(String fragment) {
    browser.open(api.url() + fragment);
    browser.until(
        "document.readyState === 'complete' && document.querySelector('#tree > *') != null");
  }

  private static String text(String selector) {
    return (String) browser.value("document.querySelector(\"" + selector + "\").textContent");
  }

  private static BufferedImage screen() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(browser.screenshot()));
  }

  private static long pixels(int colour) throws IOException {
    BufferedImage image = screen();
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void metricIsFoundByTypingAndDrawnAtOnce() throws IOException {
    open("");
    browser.type("ser");
    browser.until("!" + NO_MENU);
    browser.press("Tab");
    browser.until(FIND + " === 'servers.'");
    browser.until("document.querySelectorAll('.suggestions [role=option]').length === 3");
    browser.press("ArrowDown");
    browser.press("ArrowDown");
    browser.press("Enter");
    browser.until(FIND + " === 'servers.web02.'");
    browser.type("lo");
    browser.until("document.querySelectorAll('.suggestions [role=option]').length === 1");
    browser.press("ArrowDown");
    browser.press("Enter");
    browser.until(ROWS + " === 1");

    assertThat(text(".legend .name span:last-child")).isEqualTo("servers.web02.load");
    assertThat(pixels(BLUE)).as("of the line").isGreaterThan(300);
    assertThat((String) browser.value("document.getElementById('render-url').value"))
        .isEqualTo(api.url() + "render?target=servers.web02.load&from=-1h&until=now&format=json");
    assertThat((String) browser.value("location.hash"))
        .isEqualTo("#target=servers.web02.load&from=-1h&until=now");
    assertThat(api.renders.get(0)).contains("format=json", "maxDataPoints=");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void addressOfThePageDrawsTheSameAgain() {
    open("#target=servers.*.load&off=app.requests&from=-6h&until=now&areaMode=stacked");
    browser.until(ROWS + " === 3");

    assertThat(browser.value("document.querySelectorAll('.target').length")).isEqualTo(2);
    assertThat(text("#times [aria-pressed=true]")).isEqualTo("6h");
    assertThat(text("#modes [aria-pressed=true]")).isEqualTo("Stacked");
    assertThat(api.renders.get(0)).contains("from=-6h").doesNotContain("app.requests");
  }

  @Test
  void legendHasFiguresAndHidesLines() throws IOException {
    open("#target=servers.web01.load");
    browser.until(ROWS + " === 1");
    browser.until("document.querySelectorAll('.u-over').length === 1");

    assertThat(
            browser.value(
                "[...document.querySelectorAll('.legend td')].map(td => td.textContent).join()"))
        .isEqualTo("servers.web01.load,,1k,1.064k,700.6,1.3k");
    assertThat(pixels(BLUE)).isGreaterThan(300);
    browser.value("document.querySelector('.legend .name button').click()");
    browser.until("document.querySelector('.legend tr.off') != null");
    assertThat(pixels(BLUE)).isLessThan(300);
  }

  @Test
  void pointerShowsValues() {
    open("#target=servers.web01.load");
    browser.until(ROWS + " === 1");
    browser.mouse("mouseMoved", 800, 400);

    browser.until("document.querySelector('.legend .now').textContent.length > 0");
    assertThat(text(".legend th:nth-child(2)")).matches("\\d\\d:\\d\\d:00");
  }

  @Test
  void timeIsChosenByDraggingAndBackUndoesIt() {
    open("#target=servers.web01.load&from=-1h&until=now");
    browser.until(ROWS + " === 1");
    browser.mouse("mouseMoved", 600, 400);
    browser.mouse("mousePressed", 600, 400);
    browser.mouse("mouseMoved", 800, 400);
    browser.mouse("mouseReleased", 800, 400);

    browser.until("/from=\\d{10}&until=\\d{10}$/.test(location.hash)");
    browser.value("history.back()");
    browser.until("location.hash.endsWith('from=-1h&until=now')");
    browser.until("document.querySelector('.custom input').value === '-1h'");
  }

  @Test
  void targetIsPutIntoAFunction() {
    open("#target=servers.*.load");
    browser.until(ROWS + " === 3");
    browser.value("document.querySelector('.target button').click()");
    browser.until("document.querySelector('dialog .choice') != null");
    browser.type("moving");
    browser.press("Enter");
    browser.until("location.hash.includes('movingAverage')");
    browser.until("document.querySelector('.target input[type=text]') === document.activeElement");
    browser.type("10");
    browser.press("Enter");

    browser.until(ROWS + " === 1");
    browser.until("document.querySelector('.target input[type=text]').value.endsWith(', 10)')");
    assertThat(text(".legend .name span:last-child"))
        .isEqualTo("movingAverage(servers.*.load, 10)");
  }

  @Test
  void taggedSeriesAreFoundByTheirTags() {
    open("");
    browser.type("seriesByTag('data");
    browser.until("document.querySelector('.suggestions .tag') != null");
    browser.press("Tab");
    browser.until(FIND + ".endsWith('datacenter=')");
    browser.until("document.querySelectorAll('.suggestions .value').length === 2");
    browser.press("ArrowDown");
    browser.press("Enter");
    browser.until(FIND + ".endsWith(\"dc1'\")");
    browser.type(")");
    browser.press("Enter");

    browser.until(ROWS + " === 1");
    assertThat(text(".legend .name span:last-child")).isEqualTo("seriesByTag('datacenter=dc1')");
  }

  @Test
  void treeIsGoneThroughByKeys() {
    open("");
    browser.value("document.querySelectorAll('#tree [role=treeitem]')[1].focus()");
    browser.press("ArrowRight");
    browser.until("document.querySelectorAll('#tree [role=treeitem]').length === 5");
    browser.press("ArrowDown");
    browser.press("Enter");
    browser.until("document.querySelectorAll('#tree [role=treeitem]').length === 7");
    browser.press("ArrowDown");
    browser.press("ArrowDown");
    browser.press("Enter");

    browser.until(ROWS + " === 1");
    assertThat(text(".legend .name span:last-child")).isEqualTo("servers.web01.load");
  }

  @Test
  void mistakeIsToldInTheWordsOfTheApi() {
    open("");
    browser.type("sumSeries(");
    browser.press("Escape");
    browser.press("Enter");

    browser.until("!document.getElementById('problem').hidden");
    assertThat(text("#problem"))
        .isEqualTo("Invalid parameters (target: at 1: 'sumSeries(' is not closed)");
  }

  @Test
  void namesAreNeverCode() {
    String evil = "<img src=x onerror=evil=1>";
    api.names.add("xss." + evil);
    open("#target=xss.*&target=" + "%3Cscript%3Ewindow.evil%3D1%3C%2Fscript%3E()");
    browser.until(ROWS + " === 2");
    browser.type("xss.");
    browser.until("document.querySelector('.suggestions .leaf') != null");
    browser.value("document.querySelectorAll('#tree [role=treeitem]')[2].click()");
    browser.until("document.querySelector('#tree [role=group] .leaf') != null");

    assertThat(text("#tree [role=group] .leaf")).isEqualTo(evil);
    assertThat(text(".legend .name span:last-child")).isEqualTo("xss." + evil);
    assertThat(
            browser.value("document.querySelectorAll('img:not([src*=icon]), body script').length"))
        .isEqualTo(0);
    assertThat(browser.value("String(window.evil)")).isEqualTo("undefined");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void tokenIsAskedForAndKeptInTheTabOnly() {
    api.token = "s3cret";
    browser.open(api.url() + "#target=servers.web01.load");
    browser.until("document.querySelector('dialog.token') != null");
    browser.type("wrong");
    browser.press("Enter");
    browser.until("/refused/.test(document.querySelector('dialog.token h2')?.textContent)");
    browser.type("s3cret");
    browser.press("Enter");

    browser.until(ROWS + " === 1");
    browser.until("document.querySelectorAll('#tree [role=treeitem]').length === 2");
    assertThat(browser.value("sessionStorage.getItem('cadenza.token')")).isEqualTo("s3cret");
    browser.value("document.querySelectorAll('.links a')[3].click()");
    await().until(() -> api.renders.stream().anyMatch(query -> query.contains("format=csv")));
    assertThat(browser.value("localStorage.length + document.cookie.length")).isEqualTo(0);
    assertThat((String) browser.value("location.href")).doesNotContain("s3cret");
    browser.value("sessionStorage.clear()");
  }

  @Test
  void emptyStoreIsToldHowToGetItsFirstMetric() {
    api.names.clear();
    browser.open(api.url());
    browser.until("document.getElementById('empty')?.hidden === false");

    assertThat(text("#first-line"))
        .isEqualTo("echo \"test.first 42 $(date +%s)\" | nc -w1 127.0.0.1 2003");
    api.names.add("test.first");
    browser.until("document.getElementById('empty').hidden");
    browser.until("document.querySelector('#tree [role=treeitem]').textContent === 'test'");
  }

  @Test
  void pageIsDarkWhereTheReaderWantsIt() throws IOException {
    open("#target=servers.web01.load");
    browser.until(ROWS + " === 1");
    browser.dark(false);
    int light = screen().getRGB(1100, 980) & 0xff;
    browser.dark(true);
    browser.until("matchMedia('(prefers-color-scheme: dark)').matches");
    int dark = screen().getRGB(1100, 980) & 0xff;

    assertThat(light).isGreaterThan(200);
    assertThat(dark).isLessThan(60);
    browser.dark(false);
  }

  @Test
  void narrowScreenHasNoSidewaysScrolling() {
    browser.size(360, 740);
    open("#target=servers.*.cpu.user");
    browser.until(ROWS + " === 3");

    assertThat(browser.value("document.documentElement.scrollWidth")).isEqualTo(360);
    browser.size(1200, 1000);
  }
}
