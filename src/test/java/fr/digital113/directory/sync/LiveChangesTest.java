package fr.digital113.directory.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Copy;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes as they happen, as server-sent events. */
@QuarkusTest
class LiveChangesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Executor THREADS = task -> new Thread(task, "listener").start();

  @Inject Fixture fixture;

  @BeforeEach
  void load() {
    fixture.load();
  }

  @Test
  void tellsWhatChangesForTheFilter() throws Exception {
    try (Listener listener = listen("types=company,sector&sector=iot")) {
      assertThat(listener.next().name()).isEqualTo("open");
      fixture.sql("update company set hiring = false where slug = 'pixels-mediterranee'");
      fixture.sql("update company set name = 'Encore Secret' where slug = 'projet-secret'");
      fixture.sql("update company set hiring = false where slug = 'capteurs-d-oc'");
      Event change = listener.next();

      assertThat(change.name()).isEqualTo("change");
      assertThat(change.data().path("data").path("slug").asText()).isEqualTo("capteurs-d-oc");
      fixture.sql("update company set publication = 'archived' where slug = 'capteurs-d-oc'");
      assertThat(listener.next().data().path("removed").path("reason").asText())
          .isEqualTo("unpublished");
    }
  }

  @Test
  void goesOnAfterTheLastEventThatWasHad() throws Exception {
    String last;
    try (Listener listener = listen("types=sector")) {
      last = listener.next().id();
    }
    fixture.sql("update sector set label_en = 'A' where slug = 'iot'");
    fixture.sql("update sector set label_en = 'B' where slug = 'fintech'");

    try (Listener listener = listen("types=sector", "Last-Event-ID", last)) {
      assertThat(listener.next().name()).isEqualTo("open");
      Event first = listener.next();
      assertThat(first.data().path("id").asText()).isEqualTo("iot");
      assertThat(listener.next().data().path("id").asText()).isEqualTo("fintech");
      last = first.id();
    }
    try (Listener listener = listen("types=sector", "Last-Event-ID", last)) {
      listener.next();
      assertThat(listener.next().data().path("id").asText()).isEqualTo("fintech");
    }
  }

  @Test
  void beginsWhereACopyEndsAndBack() throws Exception {
    String delta = Copy.of("types=sector").delta();
    String token = delta.substring(delta.indexOf('=') + 1);
    fixture.sql("update sector set label_en = 'C' where slug = 'iot'");

    try (Listener listener = listen("token=" + token)) {
      listener.next();
      String behind = listener.next().id();
      JsonNode page =
          Fixture.parsed(given().queryParam("token", behind).get("/v1/changes").asString());
      assertThat(page.path("data")).isEmpty();
    }
  }

  @Test
  void saysWhenACopyMustBeginAgain() throws Exception {
    try (Listener listener = listen("types=company&q=capteurs")) {
      listener.next();
      fixture.sql("update sector set label_fr = label_fr || '.' where slug = 'fintech'");
      Event restart = listener.next();

      assertThat(restart.name()).isEqualTo("restart");
      assertThat(restart.data().path("start").asText())
          .isEqualTo("/v1/changes?q=capteurs&types=company");
      assertThat(listener.isEnded()).isTrue();
    }
  }

  @Test
  void showsThatAStreamIsAliveWhileAnotherCannotGoOn() throws Exception {
    String before;
    try (Listener listener = listen("types=sector")) {
      before = listener.next().id();
    }
    fixture.sql("update sector set label_en = 'D ' || gen_random_uuid() where slug = 'iot'");
    List<Listener> others = new ArrayList<>();
    fixture.sql("alter table public_change rename to public_change_away");
    try (Listener behind = listen("types=sector", "Last-Event-ID", before)) {
      behind.next();
      for (int i = 0; i < 8; i++) { // streams have no order: some of them come after that one
        others.add(listen("types=sector"));
      }
      List<CompletableFuture<String>> comments =
          others.stream()
              .map(each -> CompletableFuture.supplyAsync(each::comment, THREADS))
              .toList();
      for (CompletableFuture<String> comment : comments) {
        assertThat(comment.get(40, TimeUnit.SECONDS)).isEqualTo(":heartbeat");
      }
      fixture.sql("alter table public_change_away rename to public_change");
      assertThat(behind.next().data().path("id").asText()).isEqualTo("iot");
    } finally {
      fixture.sql("alter table if exists public_change_away rename to public_change");
      for (Listener each : others) {
        each.close();
      }
    }
  }

  @Test
  void keepsSoManyForOneAddressAndNoMore() throws Exception {
    List<Listener> open = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        Listener listener = listen("types=sector");
        listener.next();
        open.add(listener);
      }
      HttpResponse<InputStream> refused = request("types=sector");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(
              Fixture.parsed(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
                  .path("type")
                  .asText())
          .isEqualTo("/problems/too-busy");
    } finally {
      for (Listener listener : open) {
        listener.close();
      }
    }
  }

  /** Many leave in the moment between the request and the first bytes, on a phone say. */
  @Test
  void keepsNoPlaceForThoseWhoLeaveBeforeAnythingWasSent() throws Exception {
    for (int i = 0; i < 300; i++) {
      try (Socket leaving = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
        leaving.setSoLinger(true, 0); // closes by a reset
        leaving
            .getOutputStream()
            .write(
                "GET /v1/changes/stream?types=sector&sector=%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .formatted(i % 2 == 0 ? "iot" : "fintech")
                    .getBytes(StandardCharsets.US_ASCII));
        TimeUnit.MILLISECONDS.sleep(i % 8); // no condition to wait for: the moment is sought
      }
    }
    List<Listener> open = new ArrayList<>();
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (open.size() < 10) { // as many as one address may have
        assertThat(System.nanoTime()).as("%d places", open.size()).isLessThan(deadline);
        HttpResponse<InputStream> answer = request("types=sector");
        Listener listener = new Listener(answer.body());
        if (answer.statusCode() == 200) {
          listener.next();
          open.add(listener);
        } else {
          listener.close();
        }
      }
    } finally {
      for (Listener listener : open) {
        listener.close();
      }
    }
  }

  @Test
  void refusesWhatNoCopyCouldFollow() throws Exception {
    assertThat(request("types=nothing").statusCode()).isEqualTo(400);
    assertThat(request("token=x").statusCode()).isEqualTo(400);
    String middle = given().get("/v1/changes?types=sector&limit=2").path("page.next");
    assertThat(
            request(middle.substring(middle.indexOf("token=")).replaceFirst("&limit=2", ""))
                .statusCode())
        .isEqualTo(400);
  }

  private HttpResponse<InputStream> request(String parameters, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create(
                "http://localhost:%d/v1/changes/stream?%s"
                    .formatted(RestAssured.port, parameters)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private Listener listen(String parameters, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = request(parameters, headers);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    return new Listener(answer.body());
  }

  private record Event(String name, String id, JsonNode data) {}

  /** Reads events one by one; comments are passed over. */
  private static final class Listener implements AutoCloseable {
    private final InputStream body;
    private final BufferedReader lines;

    Listener(InputStream body) {
      this.body = body;
      this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    Event next() throws IOException {
      String name = "";
      String id = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty() && data.length() > 0) {
          return new Event(name, id, Fixture.parsed(data.toString()));
        } else if (line.startsWith("event:")) {
          name = line.substring("event:".length()).strip();
        } else if (line.startsWith("id:")) {
          id = line.substring("id:".length()).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring("data:".length()));
        }
      }
      throw new IOException("the stream has ended");
    }

    /** The next comment; events are passed over. */
    String comment() {
      try {
        String line = lines.readLine();
        while (line != null && !line.startsWith(":")) {
          line = lines.readLine();
        }
        return String.valueOf(line).replace(" ", "");
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    boolean isEnded() throws IOException {
      return lines.readLine() == null;
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
