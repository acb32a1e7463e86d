package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.RawConnection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web page of some origin may do: anybody's read, one's write. */
@QuarkusTest
@TestProfile(CorsTest.OneWriter.class)
class CorsTest {
  private static final String ANYBODY = "https://partner.example";
  private static final String WRITER = "https://team.example";
  private static final String EXPOSED =
      "ETag, Link, Location, Directory-Revision, RateLimit, RateLimit-Policy, Retry-After, Content-Language, Content-Disposition, X-Request-Id";
  private static final String SENT =
      "Accept, Accept-Language, Authorization, Content-Type, Directory-Revision, Idempotency-Key, If-Match, If-None-Match, X-API-Key, X-Request-Id, traceparent";

  @Inject Fixture fixture;

  public static class OneWriter implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "directory.write-origins",
          WRITER + ",https://other.example",
          "directory.security-contact",
          "mailto:security@directory.example,https://a.example/r");
    }
  }

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/companies",
        "/v1/companies?x=1",
        "/v1/companies/absente",
        "/v1/imports",
        "/nowhere",
        "/q/health/live",
        "/q/openapi"
      })
  void letsEveryPageReadAnswersAndErrors(String path) {
    Response answer = from(ANYBODY).get(path);

    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
    assertThat(answer.header("Access-Control-Expose-Headers")).isEqualTo(EXPOSED);
  }

  @Test
  void givesSharedCachesTheSameForEveryOrigin() {
    Response with = from(ANYBODY).get("/v1/companies");
    Response without = given().get("/v1/companies");

    assertThat(without.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(with.headers().getList("Vary")).isEqualTo(without.headers().getList("Vary"));
    assertThat(with.header("Vary")).doesNotContain("Origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void answersAPreflightOfAReadForEveryOriginAndForADay(String method) {
    Response answer = preflight(ANYBODY, method);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.asString()).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo(SENT);
    assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("86400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void answersAPreflightOfAWriteForConfiguredOriginsOnly(String method) {
    Response writer = preflight(WRITER, method);
    Response other = preflight(ANYBODY, method);

    assertThat(writer.statusCode()).isEqualTo(204);
    assertThat(writer.header("Access-Control-Allow-Origin")).isEqualTo(WRITER);
    assertThat(writer.header("Access-Control-Allow-Methods")).contains(method);
    assertThat(writer.header("Access-Control-Allow-Credentials")).isNull();
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.header("Access-Control-Allow-Methods")).isNull();
    assertThat(other.header("Access-Control-Allow-Headers")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ANYBODY,
        "null",
        "https://team.example.evil.example",
        "https://team.example:444",
        "http://team.example",
        "HTTPS://TEAM.EXAMPLE",
        ""
      })
  void refusesWritesOfOtherOriginsWithAProblemThatTheyCanRead(String origin) {
    Response answer = admin(from(origin)).post("/v1/imports?lang=en");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {
                  "type": "/problems/forbidden",
                  "title": "Access refused",
                  "status": 403,
                  "detail": "Pages of this origin may read, not write (DIRECTORY_WRITE_ORIGINS).",
                  "instance": "/v1/imports",
                  "requestId": "test"
                }
                """));
  }

  @Test
  void letsConfiguredOriginsWrite() {
    Response answer = admin(from(WRITER)).multiPart("kind", "members").post("/v1/imports?lang=en");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("type")).isEqualTo("/problems/invalid-parameter");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(WRITER);
    assertThat(answer.headers().getValues("Vary")).contains("Origin");
  }

  @Test
  void letsItsOwnDocumentationAndProgramsWithoutAPageWrite() {
    assertThat(admin(given()).multiPart("kind", "members").post("/v1/imports").statusCode())
        .isEqualTo(400);
    assertThat(
            admin(from("http://127.0.0.1:" + RestAssured.port))
                .baseUri("http://127.0.0.1")
                .multiPart("kind", "members")
                .post("/v1/imports")
                .statusCode())
        .isEqualTo(400);
    assertThat(
            admin(from("https://behind-a-proxy.example"))
                .header("Sec-Fetch-Site", "same-origin")
                .multiPart("kind", "members")
                .post("/v1/imports")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void tellsAPageThatAMethodDoesNotExist() throws Exception {
    String answer =
        RawConnection.exchange(
            "BREW /v1/companies?lang=en HTTP/1.1\nHost: localhost\nOrigin: https://partner.example\nConnection: close\n\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 405 ")
        .containsIgnoringCase("access-control-allow-origin: *")
        .containsIgnoringCase("allow: GET, HEAD, OPTIONS")
        .contains("/problems/method-not-allowed");
  }

  @Test
  void saysWhereToReportAWeakness() {
    Response answer = given().get("/.well-known/security.txt");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.asString())
        .matches(
            """
            Contact: mailto:security@directory.example
            Contact: https://a.example/r
            Expires: \\d{4}-\\d\\d-\\d\\dT00:00:00Z
            Preferred-Languages: fr, en
            """);
    java.time.Instant expires =
        java.time.Instant.parse(answer.asString().split("Expires: ", 2)[1].split("\n", 2)[0]);
    assertThat(expires)
        .isBetween(
            java.time.Instant.now().plus(java.time.Duration.ofDays(178)),
            java.time.Instant.now().plus(java.time.Duration.ofDays(181)));
  }

  private static RequestSpecification from(String origin) {
    return given().header("Origin", origin);
  }

  private static RequestSpecification admin(RequestSpecification request) {
    return request.header("X-API-Key", DatabaseResource.ADMIN_KEY);
  }

  private static Response preflight(String origin, String method) {
    return from(origin)
        .header("Access-Control-Request-Method", method)
        .header("Access-Control-Request-Headers", "x-api-key,if-match")
        .options("/v1/companies");
  }

  /** Whatever a browser would never ask for is no error of ours. */
  @ParameterizedTest
  @ValueSource(strings = {"", "A B", "GET,POST", "(x)", "BREW"})
  void takesAnyNameOfAMethodInAPreflight(String method) {
    Response answer =
        given()
            .header("Origin", "https://partner.example")
            .header("Access-Control-Request-Method", method)
            .options("/v1/companies");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, OPTIONS");
  }
}
