package fr.digital113.directory.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.IdentityProvider;
import fr.digital113.directory.testsupport.IdentityProviderResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a request says who asks, and what it is told when that is not believed. */
@QuarkusTest
class CredentialsTest {
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void letsTheAdminKeyPass() {
    given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .get("/v1/imports")
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("private, no-store"));
  }

  @Test
  void asksForAKeyOrTokenWhereOneIsNeeded() {
    assertUnauthenticated(
        given().get("/v1/imports?lang=en"),
        "This action needs a key in the X-API-Key header, or a token in Authorization: Bearer.",
        "Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/imports", "/v1", "/v1/companies", "/problems"})
  void refusesAWrongKeyAlsoWhereNoneIsNeeded(String path) {
    assertUnauthenticated(
        given().header("X-API-Key", "test-admin-key-0123456780").get(path + "?lang=en"),
        "The key in the X-API-Key header is not valid.",
        "Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/imports", "/v1", "/v1/companies", "/problems"})
  void refusesAWrongTokenAlsoWhereNoneIsNeeded(String path) {
    assertUnauthenticated(
        given().header("Authorization", "Bearer garbage").get(path + "?lang=en"),
        "The token is not valid.",
        "Bearer error=\"invalid_token\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "token"})
  void refusesOtherWaysToAuthenticate(String authorization) {
    assertUnauthenticated(
        given().header("Authorization", authorization).get("/v1?lang=en"),
        "The Authorization header must be \"Bearer\" and a token.",
        "Bearer error=\"invalid_token\"");
  }

  @Test
  void refusesAKeyAndATokenTogether() {
    given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .header(
            "Authorization", "Bearer " + IdentityProviderResource.provider().token(null, "team"))
        .get("/v1/companies?lang=en")
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/invalid-parameter"))
        .body("errors[0].parameter", equalTo("X-API-Key"))
        .body("errors[0].code", equalTo("two_credentials"));
  }

  @Test
  void showsWhatEditorsReadOnlyToThem() {
    String path = "/v1/companies/capteurs-d-oc?view=edit";
    IdentityProvider provider = IdentityProviderResource.provider();
    UUID own = UUID.fromString("0190a000-0000-7000-8000-000000000001");
    UUID other = UUID.fromString("0190a000-0000-7000-8000-000000000005");

    assertThat(given().get(path).statusCode()).isEqualTo(401);
    assertThat(given().get("/v1/sectors?view=edit").statusCode()).isEqualTo(401);
    assertThat(as(provider.token(other, "member")).get(path).statusCode()).isEqualTo(403);
    assertThat(as(provider.token(null, "partner")).get(path).statusCode()).isEqualTo(403);
    assertThat(as(provider.token(own, "member")).get(path).statusCode()).isNotIn(401, 403);
    assertThat(as(provider.token(null, "team")).get(path).statusCode()).isNotIn(401, 403);
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  @Test
  void bindsAKeyOfWebPagesToTheirSites() {
    String partner =
        admin()
            .contentType("application/json")
            .body("{\"name\": \"Agence %d\"}".formatted(System.nanoTime()))
            .post("/v1/partners")
            .path("id");
    String key =
        admin()
            .contentType("application/json")
            .body(
                "{\"label\": \"site\", \"origins\": [\"https://WWW.example.org\", \"http://localhost:3000\"]}")
            .post("/v1/partners/{id}/keys", partner)
            .path("key");

    assertThat(from("https://www.example.org", key).statusCode()).isEqualTo(200);
    assertThat(from("http://localhost:3000", key).statusCode()).isEqualTo(200);
    for (String elsewhere :
        new String[] {"https://example.org", "http://www.example.org", "null"}) {
      Response refused = from(elsewhere, key);
      assertThat(refused.statusCode()).as(elsewhere).isEqualTo(403);
      assertThat(refused.<String>path("detail"))
          .isEqualTo("This key cannot be used from this site.");
    }
    assertThat(given().header("X-API-Key", key).get("/v1").statusCode()).isEqualTo(403);
  }

  private static Response from(String origin, String key) {
    return given().header("X-API-Key", key).header("Origin", origin).get("/v1?lang=en");
  }

  private static RequestSpecification admin() {
    return given().header("X-API-Key", DatabaseResource.ADMIN_KEY);
  }

  private static void assertUnauthenticated(Response answer, String detail, String bearer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.<String>path("type")).isEqualTo("/problems/unauthenticated");
    assertThat(answer.<String>path("detail")).isEqualTo(detail);
    assertThat(answer.headers().getValues("WWW-Authenticate")).containsExactly(bearer, "ApiKey");
  }
}
