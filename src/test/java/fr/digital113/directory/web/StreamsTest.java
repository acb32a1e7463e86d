package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.RawConnection;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many files are streamed at once, and what becomes of those that are not completed. */
@QuarkusTest
class StreamsTest {
  private static final int SLOTS = 4;
  private static final int TEAM_SLOTS = 2;
  private static final String ENDLESS = "/streamed/endless";

  @Inject Fixture fixture;
  @Inject Streams streams;

  @TestHTTPResource("/")
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI root;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private void assertThatAllSlotsComeBack() throws InterruptedException {
    assertThat(streams.everybody().free().tryAcquire(SLOTS, 1, TimeUnit.MINUTES)).isTrue();
    streams.everybody().free().release(SLOTS);
  }

  @Test
  void answers503WhileAllSlotsAreTakenAndPagesAllTheSame() throws InterruptedException {
    assertThat(streams.everybody().free().tryAcquire(SLOTS, 1, TimeUnit.MINUTES)).isTrue();
    try {
      Response refused = given().get("/v1/companies?format=csv&lang=en");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.<String>path("type")).isEqualTo("/problems/too-busy");
      assertThat(refused.header("Retry-After")).isEqualTo("5");
      assertThat(given().get("/v1/companies").statusCode()).isEqualTo(200);
      assertThat(given().head("/v1/companies?format=csv").statusCode()).isEqualTo(200);
      assertThat(export().statusCode()).as("the team has slots of its own").isEqualTo(200);
    } finally {
      streams.everybody().free().release(SLOTS);
    }
    assertThat(given().get("/v1/companies?format=csv").statusCode()).isEqualTo(200);
  }

  @Test
  void boundsTheFilesOfTheTeamAsWell() throws InterruptedException {
    assertThat(streams.team().free().tryAcquire(TEAM_SLOTS, 1, TimeUnit.MINUTES)).isTrue();
    try {
      Response refused = export();
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.<String>path("type")).isEqualTo("/problems/too-busy");
      assertThat(given().get("/v1/companies?format=csv").statusCode()).isEqualTo(200);
    } finally {
      streams.team().free().release(TEAM_SLOTS);
    }
    assertThat(export().statusCode()).isEqualTo(200);
  }

  private static Response export() {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .get("/v1/imports/exports/members?format=xlsx");
  }

  @Test
  void leavesSlotsToOthersWhenOneReaderHasTwo() throws IOException, InterruptedException {
    try (RawConnection one = new RawConnection();
        RawConnection two = new RawConnection()) {
      assertThat(one.get(ENDLESS, "HTTP/1.1").head()).startsWith("HTTP/1.1 200");
      assertThat(two.get(ENDLESS, "HTTP/1.1").head()).startsWith("HTTP/1.1 200");
      Response third = given().get("/v1/companies?format=csv&lang=en");
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.<String>path("type")).isEqualTo("/problems/too-busy");
      assertThat(third.<String>path("detail"))
          .isEqualTo("Your address has 2 answers running; wait until one of them ends.");
      assertThat(third.header("Retry-After")).isEqualTo("5");
      assertThat(given().get("/v1/companies").statusCode()).isEqualTo(200);
      assertThat(streams.everybody().free().availablePermits()).isEqualTo(SLOTS - 2);
      one.reset();
      two.reset();
    }
    assertThatAllSlotsComeBack();
    assertThat(given().get("/v1/companies?format=csv").statusCode()).isEqualTo(200);
  }

  @Test
  void givesTheSlotBackWhenTheReaderLeavesAndDoesNotCallThatAnError()
      throws IOException, InterruptedException {
    try (ErrorLog errors = new ErrorLog()) {
      for (String path : List.of(ENDLESS, "/v1/territories?format=geojson")) {
        try (RawConnection reader = new RawConnection()) {
          assertThat(reader.get(path, "HTTP/1.1").head()).startsWith("HTTP/1.1 200");
          reader.reset();
        }
        assertThatAllSlotsComeBack();
      }
      assertThat(errors.messages).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"failing-late", "failing-sheet"})
  void cutsOffWhatFailsInItsMiddle(String file) throws IOException, InterruptedException {
    try (RawConnection reader = new RawConnection();
        ErrorLog errors = new ErrorLog()) {
      // Not even the head is certain to be read: a reset takes what is still on its way along.
      assertThat(reader.get("/streamed/" + file, "HTTP/1.1").completes()).isFalse();
      assertThatAllSlotsComeBack();
      assertThat(errors.messages).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "failing-early, 500, /problems/internal-error",
    "refused-early, 409, /problems/conflict"
  })
  void tellsWhatFailsBeforeAnythingWasSent(String file, int status, String type)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(root.resolve("/streamed/" + file)).build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Fixture.parsed(answer.body()).path("type").asText()).isEqualTo(type);
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().map()).doesNotContainKeys("etag", "content-disposition", "link");
    assertThatAllSlotsComeBack();
  }

  @Test
  void refusesWholeFilesOverHttp10AndGoesOnWithTheConnection() throws IOException {
    try (RawConnection old = new RawConnection()) {
      String[] keepAlive = {"Connection: keep-alive"};
      for (String path :
          List.of("/v1/companies?format=csv&lang=en", "/v1/sectors?format=xlsx&lang=en")) {
        assertThat(old.get(path, "HTTP/1.0", keepAlive).answer())
            .startsWith("HTTP/1.0 426")
            .contains("\r\nUpgrade: HTTP/1.1\r\n")
            .contains("/problems/upgrade-required", "proxy_http_version 1.1");
      }
      assertThat(
              old.get(
                      "/v1/imports/exports/members",
                      "HTTP/1.0",
                      "Connection: keep-alive",
                      "X-API-Key: " + DatabaseResource.ADMIN_KEY)
                  .answer())
          .startsWith("HTTP/1.0 426");
      assertThat(old.get("/v1/companies?lang=en", "HTTP/1.0", keepAlive).answer())
          .startsWith("HTTP/1.0 200")
          .contains("\"total\"");
    }
    assertThat(streams.everybody().free().availablePermits()).isEqualTo(SLOTS);
  }

  /** The program's own errors while it is open. */
  private static final class ErrorLog extends Handler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("fr.digital113.directory");
    final Queue<String> messages = new ConcurrentLinkedQueue<>();

    ErrorLog() {
      LOG.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() > Level.WARNING.intValue()) {
        messages.add(line.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      LOG.removeHandler(this);
    }
  }
}
