package fr.digital113.directory.statistics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Questions about the past, which read all of the history, do not take the database from others.
 */
@QuarkusTest
class TurnsTest {
  private static final int TOO_MANY = 4;

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  private final ExecutorService readers = Executors.newCachedThreadPool();
  private final CompletionService<Response> answers = new ExecutorCompletionService<>(readers);

  @BeforeEach
  void load() {
    fixture.load();
  }

  @AfterEach
  void end() {
    readers.shutdownNow();
  }

  private Response next() throws Exception {
    Future<Response> next = answers.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("an answer").isNotNull();
    return next.get();
  }

  @ParameterizedTest
  @CsvSource({
    "statistics/companies?asOf=2020-01-0%d, 4",
    "cluster?asOf=2020-01-0%d, 4",
    "statistics/growth?by=%s, 4",
    "'statistics/companies?by=epci,sector,sizeClass&asOf=2020-01-0%d', 1"
  })
  void refusesMoreThanSoManyAtOnce(String query, int most) throws Exception {
    try (Handle blocking = jdbi.open()) {
      blocking.begin();
      blocking.execute("lock table company_state in access exclusive mode");
      for (int i = 1; i <= most + TOO_MANY; i++) {
        String asked = "/v1/" + query.formatted(query.contains("%s") ? by(i) : i);
        answers.submit(() -> given().get(asked));
      }
      for (int i = 0; i < TOO_MANY; i++) {
        next()
            .then()
            .statusCode(503)
            .header("Retry-After", "5")
            .body("type", containsString("too-busy"));
      }
      given()
          .header("X-API-Key", DatabaseResource.ADMIN_KEY)
          .get("/v1/statistics/vintages/2020-01-01/audit")
          .then()
          .statusCode(200); // the database has a connection for others
      blocking.rollback();
    }
    for (int i = 0; i < most; i++) {
      assertThat(next().statusCode()).isEqualTo(200);
    }
  }

  /** Answers to one question are made once for all who ask it together. */
  private static String by(int number) {
    return GrowthDataset.ids().get((number - 1) % 6) + (number <= 6 ? "" : "&measure=present");
  }

  @Test
  void givesEveryTurnBack() {
    for (int i = 0; i <= Turns.OF_EVERYBODY; i++) {
      given().get("/v1/statistics/companies?asOf=2021-01-0" + (i + 1)).then().statusCode(200);
      given().get("/v1/statistics/growth").then().statusCode(200);
      assertThat(large(i + 1)).isEqualTo(200);
    }
  }

  /** It may have been read a moment before its turn is given back. */
  private static int large(int number) {
    int status = 503;
    for (int tries = 0; status == 503 && tries < 100; tries++) {
      status =
          given()
              .get(
                  "/v1/statistics/companies?by=epci,sector,sizeClass&joinedAfter=2001-01-0"
                      + number)
              .statusCode();
    }
    return status;
  }
}
