package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors are problem documents, whatever goes wrong. */
@QuarkusTest
class ProblemTest {
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/v1/nothing", "/v2", "/v1/companies/a/b"})
  void answers404WhereNothingIs(String path) {
    Response answer = given().queryParam("lang", "en").get(path);

    assertProblem(
        answer,
        404,
        """
        {
          "type": "/problems/not-found",
          "title": "Not found",
          "status": 404,
          "detail": "There is nothing at this address. The entry point is /v1.",
          "instance": "%s",
          "requestId": "test"
        }
        """
            .formatted(path));
  }

  @Test
  void repeatsTheAddressAsItWasSent() {
    Response answer = given().urlEncodingEnabled(false).get("/v1/nothing%0Aand%20more");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.<String>path("instance")).isEqualTo("/v1/nothing%0Aand%20more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/v1/companies/suggest", "/problems/not-found", "/v1/territories"})
  void answers405WithTheMethodsThatAreAllowed(String path) {
    Response answer = given().queryParam("lang", "en").delete(path);

    assertProblem(
        answer,
        405,
        """
        {
          "type": "/problems/method-not-allowed",
          "title": "Method not allowed",
          "status": 405,
          "detail": "The method DELETE is not allowed here.",
          "instance": "%s",
          "requestId": "test"
        }
        """
            .formatted(path));
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void answers406ForAFormatThatItDoesNotHave() {
    Response answer = given().accept("application/xml").get("/v1/companies?lang=en");

    assertProblem(
        answer,
        406,
        """
        {
          "type": "/problems/not-acceptable",
          "title": "Format not available",
          "status": 406,
          "detail": "None of the formats that Accept asks for exists at this address.",
          "instance": "/v1/companies",
          "requestId": "test"
        }
        """);
  }

  @Test
  void answers414ForAnAddressThatIsTooLong() {
    Response answer = given().get("/v1/companies?lang=en&sector=" + "x".repeat(20_000));

    assertProblem(
        answer,
        414,
        """
        {
          "type": "/problems/uri-too-long",
          "title": "URI too long",
          "status": 414,
          "detail": "The address is longer than 16384 characters.",
          "instance": "/v1/companies",
          "requestId": "test"
        }
        """);
  }

  @Test
  void answers431ForHeadersThatAreTooLong() {
    Response answer = given().header("X-Long", "x".repeat(20_000)).get("/v1/companies?lang=en");

    assertProblem(
        answer,
        431,
        """
        {
          "type": "/problems/headers-too-large",
          "title": "Headers too large",
          "status": 431,
          "detail": "The headers are longer than 16384 characters.",
          "instance": "/v1/companies",
          "requestId": "test"
        }
        """);
  }

  @ParameterizedTest
  @EnumSource
  void documentsEachTypeWhereItsUriPoints(ProblemType type) {
    Response answer = given().get(type.uri() + "?lang=en");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.<Map<String, Object>>path(""))
        .isEqualTo(Map.of("type", type.uri(), "title", type.title().en(), "status", type.status()));
  }

  @Test
  void listsEveryType() {
    assertThat(given().get("/problems").<List<String>>path("data.type"))
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList());
  }

  private static void assertProblem(Response answer, int status, String body) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(Fixture.parsed(answer.asString())).isEqualTo(Fixture.parsed(body));
  }
}
