package io.cadenza.api.page;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A browser without a window and with one page, driven by the DevTools protocol: keys are pressed
 * and pictures taken as a person would. Used by one thread.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars",
          "--remote-debugging-port=0");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Virtual key codes of those that are no letters. */
  private static final Map<String, Integer> KEYS =
      Map.of("Enter", 13, "Tab", 9, "Escape", 27, "ArrowDown", 40, "ArrowUp", 38, "ArrowRight", 39);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final String session;

  private Chromium(Process process, WebSocket.Builder sockets, URI address) {
    this.process = process;
    this.socket = sockets.buildAsync(address, new Incoming()).join();
    JsonObject page = new JsonObject().put("url", "about:blank");
    String target = send("Target.createTarget", page, null).getString("targetId");
    JsonObject attach = new JsonObject().put("targetId", target).put("flatten", true);
    this.session = send("Target.attachToTarget", attach, null).getString("sessionId");
    List.of("Page.enable", "Runtime.enable", "Log.enable").forEach(this::call);
  }

  /** The one that the environment names, empty for none, or the first of the path that is one. */
  static Optional<Path> program() {
    String named = System.getenv("CHROMIUM");
    if (named != null) {
      return named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
    }
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return NAMES.stream()
        .flatMap(name -> List.of(folders).stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param folder empty, for what it writes
   */
  static Chromium start(Path program, Path folder) throws IOException {
    ProcessBuilder command = new ProcessBuilder(program.toString());
    command.command().addAll(FLAGS);
    command.command().add("--user-data-dir=" + folder);
    Process process =
        command.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    Path ports = folder.resolve("DevToolsActivePort");
    await().atMost(PATIENCE).until(() -> Files.exists(ports) && lines(ports).size() == 2);
    URI address = URI.create("ws://127.0.0.1:" + lines(ports).get(0) + lines(ports).get(1));
    return new Chromium(process, HttpClient.newHttpClient().newWebSocketBuilder(), address);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what the browser says, in pieces. */
  private final class Incoming implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        receive(new JsonObject(message.toString()));
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void receive(JsonObject message) {
    Integer id = message.getInteger("id");
    if (id != null) {
      waiting.remove(id).complete(message);
    } else if (message.getString("method").equals("Runtime.exceptionThrown")) {
      complaints.add(message.getJsonObject("params").encode());
    } else if (message.getString("method").equals("Log.entryAdded")) {
      JsonObject entry = message.getJsonObject("params").getJsonObject("entry");
      if (entry.getString("level").equals("error")) {
        complaints.add(entry.getString("text") + " " + entry.getString("url"));
      }
    }
  }

  private JsonObject send(String method, JsonObject parameters, String inSession) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    JsonObject message = new JsonObject().put("id", id).put("method", method);
    message.put("params", parameters);
    if (inSession != null) {
      message.put("sessionId", inSession);
    }
    socket.sendText(message.encode(), true).join();
    JsonObject answered = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (answered.containsKey("error")) {
      throw new IllegalStateException(method + ": " + answered.getJsonObject("error").encode());
    }
    return answered.getJsonObject("result");
  }

  JsonObject call(String method, JsonObject parameters) {
    return send(method, parameters, session);
  }

  private void call(String method) {
    call(method, new JsonObject());
  }

  /** Goes to another address; afterwards it is there, and may still load. */
  void open(String url) {
    call("Page.navigate", new JsonObject().put("url", url));
  }

  /** The value of an expression of the page's, once it is there. */
  Object value(String script) {
    JsonObject parameters = new JsonObject().put("expression", script);
    parameters.put("returnByValue", true).put("awaitPromise", true);
    JsonObject result = call("Runtime.evaluate", parameters);
    if (result.containsKey("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + result.encode());
    }
    return result.getJsonObject("result").getValue("value");
  }

  /** Waits for an expression to be true. */
  void until(String script) {
    await(script).atMost(PATIENCE).until(() -> Boolean.TRUE.equals(value(script)));
  }

  /** As from a keyboard, into what has the focus. */
  void type(String text) {
    text.codePoints()
        .forEach(
            point -> {
              String letter = Character.toString(point);
              key("keyDown", new JsonObject().put("key", letter).put("text", letter));
              key("keyUp", new JsonObject().put("key", letter));
            });
  }

  void press(String name) {
    JsonObject key = new JsonObject().put("key", name).put("code", name);
    key.put("windowsVirtualKeyCode", KEYS.get(name));
    key("keyDown", name.equals("Enter") ? key.copy().put("text", "\r") : key);
    key("keyUp", key);
  }

  private void key(String type, JsonObject key) {
    call("Input.dispatchKeyEvent", key.copy().put("type", type));
  }

  void mouse(String type, double x, double y) {
    JsonObject event = new JsonObject().put("type", type).put("x", x).put("y", y);
    event.put("button", type.equals("mouseMoved") ? "none" : "left").put("clickCount", 1);
    call("Input.dispatchMouseEvent", event);
  }

  void size(int width, int height) {
    JsonObject metrics = new JsonObject().put("width", width).put("height", height);
    metrics.put("deviceScaleFactor", 1).put("mobile", false);
    call("Emulation.setDeviceMetricsOverride", metrics);
  }

  void dark(boolean dark) {
    JsonObject scheme = new JsonObject().put("name", "prefers-color-scheme");
    scheme.put("value", dark ? "dark" : "light");
    JsonObject media = new JsonObject().put("features", new JsonArray().add(scheme));
    call("Emulation.setEmulatedMedia", media);
  }

  byte[] screenshot() {
    JsonObject taken = call("Page.captureScreenshot", new JsonObject().put("format", "png"));
    return Base64.getDecoder().decode(taken.getString("data"));
  }

  /** What went wrong in the page so far: mistakes in scripts, files that were refused. */
  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    send("Browser.close", new JsonObject(), null);
    try {
      process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
