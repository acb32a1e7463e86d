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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Talks to a program over HTTP, as its users do. */
final class Visitor {
  static final List<String> LISTS =
      List.of("companies?membership=any", "territories?", "factories?", "sectors?");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String root;
  private final @Nullable String adminKey;

  Visitor(Program program, String adminKey) {
    this("http://127.0.0.1:" + program.port(), adminKey);
  }

  Visitor(String root, @Nullable String adminKey) {
    this.root = root;
    this.adminKey = adminKey;
  }

  /** Somebody of the public, at the same program. */
  Visitor asThePublic() {
    return new Visitor(root, null);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String header, String value)
      throws IOException, InterruptedException {
    return CLIENT.send(request(path).header(header, value).build(), BodyHandlers.ofString());
  }

  /** A merge patch, whatever was there before. */
  HttpResponse<String> patch(String path, String body) throws IOException, InterruptedException {
    return CLIENT.send(
        request(path)
            .header("If-Match", "*")
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Asks for something to be made once, however often it is asked with that key. */
  HttpResponse<String> post(String path, String key, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        request(path)
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** What was made; it must have been. */
  JsonNode create(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        CLIENT.send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
    }
    return MAPPER.readTree(answer.body());
  }

  /** The body of an answer that must be 200. */
  JsonNode read(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
    }
    return MAPPER.readTree(answer.body());
  }

  /** Every public item of every list, as it is shown; by type and id. */
  Map<String, JsonNode> walk() throws IOException, InterruptedException {
    Map<String, JsonNode> items = new LinkedHashMap<>();
    for (String list : LISTS) {
      String next = "/v1/" + list + "&limit=100";
      long total = 0;
      long seen = 0;
      while (next != null) {
        JsonNode page = read(next);
        for (JsonNode item : page.path("data")) {
          String id =
              item.path(item.has("id") ? "id" : item.has("code") ? "code" : "slug").asText();
          items.put(list.replaceFirst("\\?.*", "/") + id, item);
          seen++;
        }
        total = page.path("page").path("total").asLong();
        next = page.path("page").path("next").textValue();
      }
      if (seen != total) {
        throw new AssertionError(list + " has total " + total + " and " + seen + " items");
      }
    }
    return items;
  }

  /** The newest public revision that the program's index holds. */
  long revision() throws IOException, InterruptedException {
    return read("/q/health/ready").findPath("revision").asLong();
  }

  HttpResponse<String> send(String kind, String csv) throws IOException, InterruptedException {
    String boundary = "----boundary-of-the-form";
    String body =
        """
        --%1$s\r
        Content-Disposition: form-data; name="kind"\r
        \r
        %2$s\r
        --%1$s\r
        Content-Disposition: form-data; name="file"; filename="%2$s.csv"\r
        Content-Type: text/csv\r
        \r
        %3$s\r
        --%1$s--\r
        """
            .formatted(boundary, kind, csv);
    return CLIENT.send(
        request("/v1/imports")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Sends a file that must be accepted; returns the path of its job. */
  String submit(String kind, String csv) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(kind, csv);
    if (answer.statusCode() != 202) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
    return "/v1/imports/" + MAPPER.readTree(answer.body()).path("id").asText();
  }

  /** Waits until a job is over. */
  JsonNode over(String job) throws Exception {
    await(() -> !List.of("queued", "running").contains(read(job).path("status").asText()), 180);
    return read(job);
  }

  static void await(Callable<Boolean> condition, int seconds) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited " + seconds + " s in vain");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(30));
    return adminKey == null ? request : request.header("X-API-Key", adminKey);
  }
}
