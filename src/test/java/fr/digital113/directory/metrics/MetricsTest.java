package fr.digital113.directory.metrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.RawConnection;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the running program tells Prometheus. */
@QuarkusTest
class MetricsTest {
  private static final String REQUESTS = "directory_http_request_duration_seconds_count";

  @SuppressWarnings("NullAway.Init") // set by the framework
  @TestHTTPResource(value = "/metrics", management = true)
  URI metrics;

  @SuppressWarnings("NullAway.Init") // set by the framework
  @TestHTTPResource(value = "/health/ready", management = true)
  URI healthBesideMetrics;

  @Inject Fixture fixture;
  @Inject FigureReader figures;
  @Inject Scheduler scheduler;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void readsTheFiguresOfTheDatabaseAgainAndAgain() {
    assertThat(scheduler.getScheduledJob("figures").getNextFireTime())
        .isBefore(Instant.now().plusSeconds(11));
  }

  @Test
  void tellsEveryMetricThatTheDashboardAndTheAlertsNeed() {
    somePartnerAsks();
    figures.read();

    Set<String> needed =
        PrometheusFiles.expressions().stream()
            .flatMap(each -> PrometheusFiles.metricsIn(each).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(needed).hasSizeGreaterThan(30);
    assertThat(Scrape.of(metrics).names()).containsAll(needed);
  }

  @Test
  void tellsOfItsOwnWhatIsDocumentedAndNothingElse() {
    somePartnerAsks();
    figures.read();

    Set<String> told =
        Scrape.of(metrics).names().stream()
            .filter(each -> each.startsWith("directory_"))
            .map(each -> each.replaceFirst("_seconds_(count|sum|bucket|max)$", "_seconds"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> documented =
        PrometheusFiles.text(PrometheusFiles.METRICS)
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf('|', 1)))
            .flatMap(names -> PrometheusFiles.metricsIn(names).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(told).isEqualTo(documented);
  }

  @Test
  void isNotOnThePortOfTheApiWhereHealthIs() {
    assertThat(RestAssured.get("/q/metrics").statusCode()).isEqualTo(404);
    assertThat(RestAssured.get("/q/health/ready").statusCode()).isEqualTo(200);
    assertThat(Scrape.of(healthBesideMetrics).text()).containsIgnoringCase("not found");
  }

  @Test
  void countsRequestsByRouteAndTellsThoseFromMemory() {
    Scrape before = Scrape.of(metrics);
    String path = "/v1/companies/capteurs-d-oc?lang=en&fields=name,slug,phone";
    String etag = given().get(path).header("ETag");
    given().get(path);
    given().header("If-None-Match", etag).get(path);
    given().get("/v1/companies/nobody");
    given().header("X-API-Key", "wrong-key-000000000000").get("/v1/companies/capteurs-d-oc");
    given().get("/v1/imports"); // without a key
    Scrape after = Scrape.of(metrics);

    String route = "route=\"/v1/companies/{ref}\"";
    assertThat(more(before, after, REQUESTS, route, "source=\"program\"", "status=\"200\""))
        .isEqualTo(1);
    assertThat(more(before, after, REQUESTS, route, "source=\"memory\"", "status=\"200\""))
        .isEqualTo(1);
    assertThat(more(before, after, REQUESTS, route, "source=\"memory\"", "status=\"304\""))
        .isEqualTo(1);
    assertThat(more(before, after, REQUESTS, route, "source=\"program\"", "status=\"404\""))
        .isEqualTo(1);
    assertThat(more(before, after, REQUESTS, route, "source=\"program\"", "status=\"401\""))
        .isEqualTo(1);
    assertThat(more(before, after, "directory_problems_total", "type=\"not-found\"")).isEqualTo(1);
    assertThat(more(before, after, "directory_problems_total", "type=\"unauthenticated\""))
        .isEqualTo(2);
    assertThat(more(before, after, "directory_credentials_refused_total", "credential=\"key\""))
        .isEqualTo(1);
    assertThat(more(before, after, "directory_caller_requests_total", "plan=\"default\""))
        .isEqualTo(6);
  }

  @Test
  void countsRequestsOfAPartnerByItsId() {
    String partner = somePartnerAsks();

    Scrape scrape = Scrape.of(metrics);
    String id = "partner=\"" + partner + "\"";
    assertThat(scrape.value("directory_partner_requests_total", id, "outcome=\"taken\""))
        .isEqualTo(2);
    assertThat(scrape.value("directory_partner_requests_total", id, "outcome=\"refused\""))
        .isZero();
  }

  @Test
  void holdsNothingThatACallerHasSentAndGrowsByNothingThatOneSends() throws Exception {
    callWith("first");
    Set<String> before = Scrape.of(metrics).series();
    for (int i = 0; i < 20; i++) {
      callWith("hushed" + UUID.randomUUID().toString().replace("-", ""));
    }
    Scrape after = Scrape.of(metrics);

    assertThat(after.text()).doesNotContain("hushed").doesNotContain("127.0.0.1");
    assertThat(after.series()).isEqualTo(before);
  }

  /** Of an operator's browser, say, on a page of somebody else. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "OPTIONS"})
  void givesNothingToWebPages(String method) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(metrics)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .header("Origin", "https://page.example")
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  private static void callWith(String word) throws Exception {
    given().get("/v1/" + word);
    given().get("/" + word + "/" + word);
    given().get("/q/" + word);
    given().get("/v1/companies/" + word);
    given().get("/v1/companies?q=" + word + "@example.org");
    given().get("/v1/companies?" + word + "=1");
    given().header("X-API-Key", "d113_partner_" + word).get("/v1/companies");
    given().header("Authorization", "Bearer " + word).get("/v1/companies");
    given().header("X-Request-Id", word).get("/v1");
    given().header("User-Agent", word).get("/v1/calendars/" + word + ".ics");
    RawConnection.exchange(
        word.toUpperCase(Locale.ROOT) + " /v1 HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    RawConnection.exchange(
        "GET /v1 HTTP/1.1\nHost: " + word + "\nHost: two\nConnection: close\n\n");
  }

  /** Twice; returns its id. */
  private static String somePartnerAsks() {
    String id =
        admin()
            .body("{\"name\": \"Agence %s\"}".formatted(UUID.randomUUID()))
            .post("/v1/partners")
            .path("id");
    String key =
        admin().body("{\"label\": \"server\"}").post("/v1/partners/{id}/keys", id).path("key");
    for (int i = 0; i < 2; i++) {
      assertThat(given().header("X-API-Key", key).get("/v1/companies").statusCode()).isEqualTo(200);
    }
    return id;
  }

  private static RequestSpecification admin() {
    return given().header("X-API-Key", DatabaseResource.ADMIN_KEY).contentType("application/json");
  }

  private static double more(Scrape before, Scrape after, String name, String... labels) {
    return after.value(name, labels) - before.value(name, labels);
  }
}
