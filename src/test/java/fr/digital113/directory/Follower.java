package fr.digital113.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps a copy whatever happens to the programs it asks, each time another one: it
 * repeats what failed, goes on from its token, and begins again only when it is told to.
 */
final class Follower {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CHANGES = "/v1/changes";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> roots;
  private final String parameters;
  private final boolean live;
  private final Map<String, JsonNode> items = new ConcurrentSkipListMap<>();
  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicInteger restarts = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean stopped;
  private volatile @Nullable InputStreamOf open;
  private String next;
  private boolean complete; // the snapshot; deltas follow
  private int turn;

  /**
   * @param live whether it listens, or asks again and again
   */
  Follower(List<Program> programs, String parameters, boolean live) {
    this(
        parameters,
        live,
        programs.stream().map(each -> "http://127.0.0.1:" + each.port()).toList());
  }

  private Follower(String parameters, boolean live, List<String> roots) {
    this.roots = roots;
    this.parameters = parameters;
    this.live = live;
    this.next = CHANGES + "?" + parameters;
  }

  /** At one address, behind which there are several programs. */
  static Follower at(String root, String parameters, boolean live) {
    return new Follower(parameters, live, List.of(root));
  }

  /** What is listened to now, so that it can be given up. */
  private record InputStreamOf(Stream<String> lines) {}

  /** Follows until it is stopped. */
  Void run() throws Exception {
    while (!stopped) {
      try {
        if (live && isComplete()) {
          listen();
        } else {
          page();
        }
      } catch (IOException | RuntimeException unreachable) {
        failed();
      }
    }
    return null;
  }

  void stop() {
    stopped = true;
    InputStreamOf listening = open;
    if (listening != null) {
      listening.lines().close();
    }
  }

  /** A copy made now, from one program. */
  static Map<String, JsonNode> fresh(Program program, String parameters) throws Exception {
    Follower follower = new Follower(List.of(program), parameters, false);
    do {
      follower.page();
    } while (!follower.isComplete());
    return follower.items();
  }

  Map<String, JsonNode> items() {
    return new TreeMap<>(items);
  }

  int changes() {
    return changes.get();
  }

  int restarts() {
    return restarts.get();
  }

  int failures() {
    return failures.get();
  }

  String parameters() {
    return parameters;
  }

  boolean isLive() {
    return live;
  }

  private boolean isComplete() {
    return complete;
  }

  private void page() throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request(next).build(), BodyHandlers.ofString());
    switch (answer.statusCode()) {
      case 200 -> {
        JsonNode page = MAPPER.readTree(answer.body());
        page.path("data").forEach(this::apply);
        complete = page.has("delta");
        next = complete ? page.path("delta").asText() : page.path("page").path("next").asText();
        if (complete && page.path("data").isEmpty()) {
          pause();
        }
      }
      case 410 -> restart();
      case 503 -> failed();
      default -> throw new AssertionError(next + ": " + answer.statusCode() + answer.body());
    }
  }

  private void listen() throws IOException, InterruptedException {
    String token = next.substring(next.indexOf("token=") + "token=".length());
    HttpResponse<Stream<String>> answer =
        client.send(
            request(CHANGES + "/stream").header("Last-Event-ID", token).build(),
            BodyHandlers.ofLines());
    if (answer.statusCode() != 200) {
      answer.body().close();
      if (answer.statusCode() == 410) {
        restart();
      } else {
        failed();
      }
      return;
    }
    try (Stream<String> lines = answer.body()) {
      open = new InputStreamOf(lines);
      String id = token;
      String event = "";
      for (Iterator<String> each = lines.iterator(); !stopped && each.hasNext(); ) {
        String line = each.next();
        if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          event = line.substring(6).strip();
        } else if (line.startsWith("data:") && event.equals("restart")) {
          restart();
          return;
        } else if (line.startsWith("data:") && event.equals("change")) {
          apply(MAPPER.readTree(line.substring(5)));
        } else if (line.isEmpty()) {
          next = CHANGES + "?token=" + id; // only behind a whole event
          event = "";
        }
      }
    } finally {
      open = null;
    }
  }

  private void apply(JsonNode change) {
    changes.incrementAndGet();
    String key = change.path("type").asText() + " " + change.path("id").asText();
    if (change.has("data")) {
      items.put(key, change.path("data"));
    } else {
      items.remove(key);
    }
  }

  private void restart() {
    restarts.incrementAndGet();
    items.clear();
    complete = false;
    next = CHANGES + "?" + parameters;
  }

  private void failed() {
    failures.incrementAndGet();
    pause();
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(roots.get(turn++ % roots.size()) + path));
    return path.contains("/stream") ? request : request.timeout(TIMEOUT);
  }
}
