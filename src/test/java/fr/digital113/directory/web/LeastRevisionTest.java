package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that say which revision they have to see (Directory-Revision). */
@QuarkusTest
class LeastRevisionTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String HEADER = "Directory-Revision";
  private static final List<String> READS =
      List.of(
          "/v1/companies",
          "/v1/companies?format=csv",
          "/v1/companies/suggest?q=oc",
          "/v1/companies/capteurs-d-oc",
          "/v1/territories?limit=1",
          "/v1/territories/toulouse",
          "/v1/territories/toulouse/companies",
          "/v1/sectors",
          "/v1/sectors/iot",
          "/v1/factories",
          "/v1/factories/objets-connectes",
          "/v1/factories/objets-connectes/companies",
          "/v1/meetings",
          "/v1/meetings?from=2026-10-01&format=csv",
          "/v1/factories/objets-connectes/meetings",
          "/v1/meetings/0190a000-0000-7000-8000-0000000000a1",
          "/v1/calendar.ics",
          "/v1/meetings.ics?factory=objets-connectes",
          "/v1/factories/objets-connectes/meetings.ics",
          "/v1/territories/31/meetings.ics",
          "/v1/events.ics",
          "/v1/workshops.ics",
          "/v1/events?from=2019-01-01",
          "/v1/events/soiree-de-lancement",
          "/v1/workshops",
          "/v1/workshops/0190a000-0000-7000-8000-0000000000b5",
          "/v1/factories/objets-connectes?asOf=2024-01-01",
          "/v1/factories/objets-connectes/leads",
          "/v1/factories/objets-connectes/initiatives",
          "/v1/initiatives",
          "/v1/initiatives/banc-d-essai-partage",
          "/v1/cluster",
          "/v1/cluster?asOf=2019-06-01",
          "/v1/statistics",
          "/v1/statistics/companies?by=sector",
          "/v1/statistics/companies?by=sector&asOf=2019-01-01",
          "/v1/statistics/growth",
          "/v1/statistics/objectives",
          "/v1/statistics/factories",
          "/v1/statistics/vintages",
          "/v1/statistics/vintages/2020-01-01");

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @TestHTTPResource("/")
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI root;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private long head() {
    return jdbi.withHandle(
        database ->
            database.createQuery("select max(revision) from revision").mapTo(Long.class).one());
  }

  @Test
  void areAnsweredAndNotKeptWhenTheRevisionIsThere() {
    for (String path : READS) {
      Response answer = given().header(HEADER, head()).get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).as(path).isEqualTo("private, no-store");
      Response again =
          given().header(HEADER, 0).header("If-None-Match", answer.header("ETag")).get(path);
      assertThat(again.statusCode()).as(path).isEqualTo(304);
      assertThat(again.header("Cache-Control")).as(path).isEqualTo("private, no-store");
    }
    Editor.team().patch("ecran-vert", "{\"slug\": \"ecran-bleu\"}");
    given()
        .redirects()
        .follow(false)
        .header(HEADER, head())
        .get("/v1/companies/ecran-vert")
        .then()
        .statusCode(301)
        .header("Cache-Control", "private, no-store");
  }

  @Test
  void seeWhatAWriteAnswered() {
    Response written = Editor.team().patch("ecran-vert", "{\"phone\": \"+33536490123\"}");

    given()
        .header(HEADER, written.header(HEADER))
        .get("/v1/companies/ecran-vert")
        .then()
        .statusCode(200)
        .body("phone", equalTo("+33536490123"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "-1", "+1", "1.0", "01", "1, 2", "1e3", "9999999999999999999"})
  void areRefusedWhenItIsNoRevision(String value) throws Exception {
    HttpResponse<byte[]> raw =
        CLIENT.send(
            HttpRequest.newBuilder(root.resolve("/v1/companies?lang=en"))
                .header(HEADER, value)
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(raw.statusCode()).isEqualTo(400);
    for (String path : READS) {
      given()
          .header(HEADER, value)
          .get(path)
          .then()
          .statusCode(400)
          .body("type", equalTo("/problems/invalid-parameter"))
          .body("errors.parameter", contains(HEADER))
          .body("errors.code", contains("invalid_revision"));
    }
  }

  @Test
  void areToldWithinTwoSecondsThatItIsNotThere() {
    long beyond = head() + 1_000_000;
    for (String path : List.of("/v1/companies", "/v1/cluster")) {
      long started = System.nanoTime();
      given()
          .header("Accept-Language", "en")
          .header(HEADER, beyond)
          .get(path)
          .then()
          .statusCode(503)
          .header("Retry-After", "5")
          .header("Cache-Control", "no-store")
          .body("type", equalTo("/problems/revision-not-visible"))
          .body(
              "detail",
              equalTo(
                  "Revision %d is not visible here yet; try again in a moment.".formatted(beyond)));
      assertThat(millisSince(started)).isLessThan(2_000);
    }
    Editor.team().request().get("/v1/companies").then().statusCode(200);
    Editor.team().request().header(HEADER, beyond).get("/v1/companies").then().statusCode(503);
  }

  @Test
  void waitForARevisionThatIsOnItsWay() throws Exception {
    for (int headcount = 40; headcount < 60; headcount++) {
      int next = headcount;
      jdbi.useHandle(
          database ->
              database.execute(
                  "update company set headcount = ? where slug = 'capteurs-d-oc'", next));

      assertThat(ask("/v1/companies/capteurs-d-oc", head()).get(10, TimeUnit.SECONDS).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void areNotInTheWayOfOthersHoweverManyWait() throws Exception {
    long beyond = head() + 1_000_000;
    long started = System.nanoTime();
    List<CompletableFuture<HttpResponse<String>>> many = new ArrayList<>();
    List<CompletableFuture<Long>> times = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      CompletableFuture<HttpResponse<String>> one = ask("/v1/companies", beyond);
      many.add(one);
      times.add(one.thenApply(answer -> millisSince(started)));
    }
    assertThat(ask("/v1/companies", null).get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    for (CompletableFuture<HttpResponse<String>> one : many) {
      assertThat(one.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }
    // With a thread each, as many at once as there are threads would wait; so most do not at all.
    assertThat(times.stream().filter(time -> time.join() < 1_500).count())
        .isGreaterThanOrEqualTo(200);
    given().get("/v1/companies").then().statusCode(200);
  }

  private CompletableFuture<HttpResponse<String>> ask(String path, @Nullable Long revision) {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
    if (revision != null) {
      request.header(HEADER, revision.toString());
    }
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private static long millisSince(long started) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
  }
}
