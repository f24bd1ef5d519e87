package io.cadenza.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is asked, the API goes on answering the others. */
class LimitsTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private final SlowStore store = new SlowStore();
  private ApiRig rig;

  private void start(String more) throws Exception {
    rig = new ApiRig(more, ApiRig.holding("slow", SlowStore.NAMES, store));
  }

  @AfterEach
  void stop() throws Exception {
    store.gate.release(1000);
    rig.stop();
  }

  private static String render(String target, int seconds) {
    return "/render?format=json&target=" + target + "&from=-" + seconds + "s";
  }

  private void isRefused(String path, int status, String key) throws Exception {
    HttpResponse<String> answer = rig.get(path);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(key);
  }

  @Test
  void seriesAreCounted() throws Exception {
    start("max-series = 2");

    isRefused(render("a.*", 10), 422, "api.max-series");
    isRefused(render("a.b&target=a.c&target=a.d", 10), 422, "api.max-series");
    isRefused("/rawrender?target=a.*", 422, "api.max-series");
    assertThat(rig.get(render("a.b&target=a.c", 10)).statusCode()).isEqualTo(200);
    assertThat(store.read).hasValue(2);
  }

  @Test
  void pointsAreCountedBeforeTheyAreRead() throws Exception {
    start("max-points = 1000");

    isRefused(render("a.b", 1001), 422, "api.max-points");
    assertThat(store.read).hasValue(0);
    isRefused(render("a.*", 500), 422, "api.max-points");
    assertThat(rig.get(render("a.b", 1000)).statusCode()).isEqualTo(200);
  }

  @Test
  void pointsThatAreComputedCountToo() throws Exception {
    start("max-points = 1000");

    isRefused(render("scale(scale(scale(a.b,1),1),1)", 400), 422, "1000");
  }

  @Test
  void memoryIsSharedAndGivenBack() throws Exception {
    start("memory = 64KiB");

    isRefused(render("a.b", 4097), 422, "api.memory");
    for (int i = 0; i < 10; i++) {
      assertThat(rig.get(render("a.b", 4000)).statusCode()).isEqualTo(200);
      await().until(() -> rig.figure("all", "held-points") == 0);
    }
  }

  @Test
  void thePartOfMemoryThatOthersHoldIsRefusedForNow() throws Exception {
    start("memory = 64KiB, timeout = 30s");
    String two = render("a.b&target=slow", 2000);
    CompletableFuture<HttpResponse<String>> first =
        rig.client().sendAsync(rig.request(two).build(), BodyHandlers.ofString());
    await().until(() -> store.waiting.get() == 1);

    HttpResponse<String> second = rig.get(render("a.c", 3000));

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("retry-after")).hasValue("1");
    assertThat(rig.figure("all", "refused", "memory")).isEqualTo(1);
    store.gate.release();
    assertThat(first.join().statusCode()).isEqualTo(200);
  }

  @Test
  void spansAreMeasured() throws Exception {
    start("max-span = 1h");

    isRefused(render("a.b", 3601), 422, "api.max-span");
    isRefused("/metrics?target=a.b&from=-2h", 422, "api.max-span");
    assertThat(rig.get(render("a.b", 3600)).statusCode()).isEqualTo(200);
  }

  @Test
  void placesInTheTreeAreCounted() throws Exception {
    start("max-nodes = 2");

    isRefused("/metrics/find?query=*", 422, "2");
    isRefused("/metrics/expand?query=a.*", 422, "2");
    isRefused("/metrics/expand?query=a.b&query=a.c&query=slow", 422, "api.max-nodes");
    isRefused(render("a.*", 10), 422, "2");
  }

  @Test
  void aRequestThatRunsAwayIsCutWhileOthersAreAnswered() throws Exception {
    start("workers = 2, timeout = 500ms");
    CompletableFuture<HttpResponse<String>> slow =
        rig.client().sendAsync(rig.request(render("slow", 10)).build(), BodyHandlers.ofString());
    await().until(() -> store.waiting.get() == 1);

    assertThat(rig.get(render("a.b", 10)).statusCode()).isEqualTo(200);
    assertThat(rig.get("/metrics/find?query=*").statusCode()).isEqualTo(200);
    assertThat(slow.join().statusCode()).isEqualTo(503);
    assertThat(slow.join().body()).contains("500 ms (api.timeout)");
    assertThat(rig.figure("all", "refused", "time")).isEqualTo(1);
  }

  @Test
  void whatWaitsForAWorkerIsCutAsWell() throws Exception {
    start("workers = 1, timeout = 300ms");
    CompletableFuture<HttpResponse<String>> slow =
        rig.client().sendAsync(rig.request(render("slow", 10)).build(), BodyHandlers.ofString());
    await().until(() -> store.waiting.get() == 1);

    assertThat(rig.get(render("a.b", 10)).statusCode()).isEqualTo(503);
    assertThat(slow.join().statusCode()).isEqualTo(503);
    assertThat(store.read).hasValue(1);
  }

  @Test
  void tooManyAtOnceAreToldToComeAgain() throws Exception {
    start("max-requests = 3, workers = 2, timeout = 20s");
    List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      slow.add(
          rig.client().sendAsync(rig.request(render("slow", 10)).build(), BodyHandlers.ofString()));
    }
    await().until(() -> rig.figure("all", "in-flight") == 3);

    HttpResponse<String> more = rig.get("/version");

    assertThat(more.statusCode()).isEqualTo(503);
    assertThat(more.headers().firstValue("retry-after")).hasValue("1");
    assertThat(rig.get("/ping").statusCode()).isEqualTo(200);
    store.gate.release(3);
    assertThat(slow).allMatch(answer -> answer.join().statusCode() == 200);
    await().until(() -> rig.figure("all", "in-flight") == 0);
    assertThat(rig.get("/version").statusCode()).isEqualTo(200);
  }

  @Test
  void workForAClientThatWentAwayEnds() throws Exception {
    start("timeout = 20s");
    try (Socket client = ask(render("slow&target=a.*", 10))) {
      await().until(() -> store.waiting.get() == 1);
      client.setSoLinger(true, 0);
    }
    await().atMost(LONG).until(() -> rig.figure("render", "requests", "gone") == 1);
    store.gate.release();

    await().atMost(LONG).until(() -> rig.figure("all", "in-flight") == 0);
    assertThat(store.read).hasValue(1);
  }

  private Socket ask(String path) throws Exception {
    Socket client = new Socket("127.0.0.1", rig.port);
    OutputStream out = client.getOutputStream();
    out.write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return client;
  }

  @Test
  void aClientThatDoesNotTakeItsAnswerIsHungUpOn() throws Exception {
    start("send-timeout = 300ms");
    try (Socket client = ask(render("a.*", 1_000_000))) {
      await().atMost(LONG).until(() -> rig.figure("all", "refused", "slow-client") == 1);
      await().atMost(LONG).until(() -> rig.figure("all", "held-points") == 0);
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void aStoreThatCantBeReadIsToldWithoutItsWords() throws Exception {
    start("");
    HttpResponse<String> answer = rig.get(render("broken", 10));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("The store slow can't be read now; try again");
    assertThat(rig.get(render("a.b", 10)).statusCode()).isEqualTo(200);
  }

  @Test
  void moreConnectionsAreClosedAtOnce() throws Exception {
    start("max-connections = 2");
    try (Socket one = ask("/ping");
        Socket two = ask("/ping")) {
      assertThat(one.getInputStream().read()).isEqualTo('H');
      assertThat(two.getInputStream().read()).isEqualTo('H');
      try (Socket three = new Socket("127.0.0.1", rig.port)) {
        assertThat(three.getInputStream().read()).isEqualTo(-1);
      }
    }
    await().until(() -> rig.figure("all", "connections-refused") == 1);
    await().until(() -> rig.figure("all", "connections") == 0);
  }
}
