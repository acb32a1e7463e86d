package fr.digital113.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Readers and writers of every kind, which check each answer against what may be true: each company
 * is written by one writer, whose versions are numbers in its description.
 */
final class FaultLoad implements AutoCloseable {
  static final int COMPANIES = 40; // of each of the two writers
  static final int IMPORTED = 60;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration HANG = Duration.ofSeconds(30);
  private static final int WRITERS = 2;

  private final String root;
  private final String key;
  private final FaultTally tally;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> running = new ArrayList<>();
  private volatile boolean stopped;

  /** By slug: the last version that was acknowledged, and the last that was sent. */
  final Map<String, Integer> acknowledged = new ConcurrentSkipListMap<>();

  final Map<String, Integer> sent = new ConcurrentSkipListMap<>();

  /** Names that a POST was acknowledged for. */
  final Map<String, Integer> created = new ConcurrentSkipListMap<>();

  /** Of the names that POSTs make, another one each time. */
  volatile String prefix = "";

  volatile int importAcknowledged;
  final AtomicInteger importSent = new AtomicInteger();
  private final AtomicLong revisionAcknowledged = new AtomicLong();

  FaultLoad(Program program, String key, FaultTally tally) {
    this.root = "http://127.0.0.1:" + program.port();
    this.key = key;
    this.tally = tally;
  }

  private interface Step {
    void run(Random random) throws IOException, InterruptedException;
  }

  void begin() {
    every(20, this::repeated);
    every(30, this::distinct);
    every(20, this::item);
    every(100, this::statistics);
    every(200, this::pastStatistics);
    every(300, this::wholeList);
    for (int writer = 0; writer < WRITERS; writer++) {
      String name = "w" + writer;
      every(50, random -> patch("%s-%d".formatted(name, random.nextInt(COMPANIES))));
    }
    int[] posts = new int[1];
    every(200, random -> post(posts));
    every(1_000, random -> load());
  }

  /** A file that makes what the writers change, each company once. */
  static String members() {
    StringBuilder file =
        new StringBuilder("slug,name,commune,sectors,joinedOn,headcount,descriptionFr\n");
    for (int writer = 0; writer < WRITERS; writer++) {
      for (int i = 0; i < COMPANIES; i++) {
        file.append(
            "w%1$d-%2$d,Company w%1$d %2$d,31555,iot,2020-01-01,5,version 0 fin\n"
                .formatted(writer, i));
      }
    }
    return file + imported(0);
  }

  private static String imported(int round) {
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < IMPORTED; i++) {
      file.append(
          "imported-%d,Imported %d of round %d,31555,fintech,2020-01-01,%d,version %d fin\n"
              .formatted(i, i, round, 1 + round % 50, round));
    }
    return file.toString();
  }

  static int total() {
    return WRITERS * COMPANIES + IMPORTED;
  }

  static Set<String> kinds() {
    return Set.of(
        "repeated",
        "distinct",
        "item",
        "statistics",
        "past statistics",
        "whole list",
        "PATCH",
        "POST",
        "import");
  }

  private void every(int millis, Step step) {
    int seed = running.size();
    running.add(
        threads.submit(
            () -> {
              Random random = new Random(seed);
              while (!stopped) {
                try {
                  step.run(random);
                  TimeUnit.MILLISECONDS.sleep(millis);
                } catch (IOException tallied) {
                  TimeUnit.MILLISECONDS.sleep(Math.max(millis, 50));
                }
              }
              return null;
            }));
  }

  private void repeated(Random random) throws IOException, InterruptedException {
    long least = revisionAcknowledged.get();
    HttpResponse<String> page = send("repeated", request("/v1/companies?limit=20"));
    if (page.statusCode() == 200) {
      checkPage(page, "limit=20", least);
    }
  }

  private void distinct(Random random) throws IOException, InterruptedException {
    long least = revisionAcknowledged.get();
    String query =
        "near=%s,%s&limit=10&q=company"
            .formatted(43 + random.nextDouble(), 1 + random.nextDouble());
    HttpResponse<String> page = send("distinct", request("/v1/companies?" + query));
    if (page.statusCode() == 200
        && MAPPER.readTree(page.body()).path("revision").asLong() < least) {
      tally.older();
    }
  }

  private void checkPage(HttpResponse<String> answer, String query, long least) throws IOException {
    JsonNode page = MAPPER.readTree(answer.body());
    if (page.path("page").path("total").asInt() != total()) {
      tally.wrong(query + " has total " + page.path("page").path("total"));
    }
    if (page.path("revision").asLong() < least) {
      tally.older();
    }
  }

  private void item(Random random) throws IOException, InterruptedException {
    String slug = "w%d-%d".formatted(random.nextInt(WRITERS), random.nextInt(COMPANIES));
    int least = acknowledged.getOrDefault(slug, 0);
    HttpRequest.Builder request = request("/v1/companies/" + slug);
    boolean asked = random.nextInt(4) == 0;
    if (asked) {
      request.header("Directory-Revision", revisionAcknowledged.toString());
    }
    HttpResponse<String> answer = send("item", request);
    if (answer.statusCode() == 200) {
      int version = version(MAPPER.readTree(answer.body()).path("description").asText());
      if (version < least && !asked) {
        tally.older();
      } else if (version < least || version > sent.getOrDefault(slug, 0)) {
        tally.wrong(
            "%s shows version %d; acknowledged %d, sent %s"
                .formatted(slug, version, least, sent.get(slug)));
      }
    }
  }

  private void statistics(Random random) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send("statistics", request("/v1/statistics/companies?by=sector&format=csv"));
    if (answer.statusCode() == 200 && !answer.body().contains("" + total())) {
      tally.wrong("statistics without their total: " + answer.body());
    }
  }

  private void pastStatistics(Random random) throws IOException, InterruptedException {
    String day = "2021-%02d-%02d".formatted(1 + random.nextInt(12), 1 + random.nextInt(28));
    HttpResponse<String> answer =
        send(
            "past statistics",
            request("/v1/statistics/companies?by=sector&format=csv&asOf=" + day));
    if (answer.statusCode() == 200 && !answer.body().contains("" + total())) {
      tally.wrong("past statistics without their total: " + answer.body());
    }
  }

  /** Of one revision: what one file wrote is there whole, or not at all. */
  private void wholeList(Random random) throws IOException, InterruptedException {
    int least = importAcknowledged;
    HttpResponse<String> answer =
        send("whole list", request("/v1/companies?format=csv&sector=fintech"));
    if (answer.statusCode() == 200) {
      List<String> rounds =
          answer
              .body()
              .lines()
              .filter(line -> line.contains("Imported "))
              .map(line -> line.replaceAll(".*of round (\\d+).*", "$1"))
              .toList();
      Set<String> different = rounds.stream().collect(Collectors.toSet());
      if (rounds.size() == IMPORTED && different.size() == 1) {
        if (Integer.parseInt(rounds.get(0)) < least) {
          tally.older();
        }
      } else {
        tally.wrong(
            "a whole list has %d imported companies of rounds %s; acknowledged %d"
                .formatted(rounds.size(), different, least));
      }
    }
  }

  private void patch(String slug) throws IOException, InterruptedException {
    HttpResponse<String> seen = send("edit view", team("/v1/companies/" + slug + "?view=edit"));
    if (seen.statusCode() != 200) {
      return;
    }
    int stands = version(MAPPER.readTree(seen.body()).path("description").path("fr").asText());
    int acknowledgedBefore = acknowledged.getOrDefault(slug, 0);
    if (stands < acknowledgedBefore) {
      tally.wrong(
          "LOST: %s stands at %d; acknowledged %d".formatted(slug, stands, acknowledgedBefore));
    }
    int next = sent.getOrDefault(slug, 0) + 1;
    sent.put(slug, next);
    HttpResponse<String> written =
        send(
            "PATCH",
            team("/v1/companies/" + slug)
                .header("If-Match", seen.headers().firstValue("ETag").orElseThrow())
                .header("Content-Type", "application/merge-patch+json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString(
                        "{\"description\": {\"fr\": \"version %d fin\"}}".formatted(next))));
    if (written.statusCode() == 200) {
      acknowledged.put(slug, next);
      acknowledgeRevision(written);
    }
  }

  private void post(int[] posts) throws IOException, InterruptedException {
    String name = "Made " + prefix + " " + posts[0];
    HttpResponse<String> made =
        send(
            "POST",
            team("/v1/companies")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "made-" + prefix + "-" + posts[0])
                .POST(
                    BodyPublishers.ofString(
                        "{\"name\": \"%s\", \"commune\": \"31555\", \"sectors\": [\"iot\"], \"publication\": \"published\"}"
                            .formatted(name))));
    if (made.statusCode() == 201) { // else the same again
      created.put(name, posts[0]);
      posts[0]++;
      acknowledgeRevision(made);
    }
  }

  private synchronized void acknowledgeRevision(HttpResponse<?> written) {
    written
        .headers()
        .firstValue("Directory-Revision")
        .map(Long::parseLong)
        .ifPresent(revision -> revisionAcknowledged.accumulateAndGet(revision, Math::max));
  }

  private void load() throws IOException, InterruptedException {
    int round = importSent.incrementAndGet();
    String file = "slug,name,commune,sectors,joinedOn,headcount,descriptionFr\n" + imported(round);
    String boundary = "----boundary";
    String form =
        "--%1$s\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nmembers\r\n--%1$s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.csv\"\r\nContent-Type: text/csv\r\n\r\n%2$s\r\n--%1$s--\r\n"
            .formatted(boundary, file);
    HttpResponse<String> taken =
        send(
            "import",
            team("/v1/imports")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(form)));
    if (taken.statusCode() != 202) {
      return;
    }
    String job = "/v1/imports/" + MAPPER.readTree(taken.body()).path("id").asText();
    while (!stopped) {
      try {
        HttpResponse<String> state = send("job", team(job));
        String status =
            state.statusCode() == 200 ? MAPPER.readTree(state.body()).path("status").asText() : "";
        if (state.statusCode() == 404) {
          tally.wrong("LOST: an import that was taken is not known: " + job);
          return;
        }
        if (status.equals("done")) {
          importAcknowledged = round;
        }
        if (status.equals("done") || status.equals("failed")) {
          return;
        }
      } catch (IOException again) {
        // tallied
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  static int version(String text) {
    return Integer.parseInt(text.replaceAll("\\D", ""));
  }

  private HttpResponse<String> send(String kind, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (!tally.answered(kind, answer, started)
          && answer.statusCode() >= 500
          && answer.statusCode() != 503) {
        System.out.println(kind + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer;
    } catch (IOException failure) {
      tally.failed(kind, failure, started);
      throw failure;
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(HANG);
  }

  private HttpRequest.Builder team(String path) {
    return request(path).header("X-API-Key", key);
  }

  /** What the API shows to editors of every company of the writers; by slug. */
  Map<String, Integer> shown() throws IOException, InterruptedException {
    Map<String, Integer> versions = new TreeMap<>();
    String next = "/v1/companies?sector=iot&limit=100";
    while (next != null) {
      HttpResponse<String> answer = client.send(request(next).build(), BodyHandlers.ofString());
      JsonNode page = MAPPER.readTree(answer.body());
      page.path("data")
          .forEach(
              item ->
                  versions.put(
                      item.path("slug").asText(), version(item.path("description").asText())));
      @Nullable String link = page.path("page").path("next").textValue();
      next = link;
    }
    return versions;
  }

  @Override
  public void close() throws Exception {
    stopped = true;
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdownNow();
  }
}
