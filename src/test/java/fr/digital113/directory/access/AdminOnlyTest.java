package fr.digital113.directory.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.DatabaseResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdminOnlyTest {

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
  void asksForTheKeyWhenThereIsNone() {
    given()
        .header("Accept-Language", "en")
        .get("/v1/imports")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/unauthenticated"))
        .body("detail", equalTo("This action needs the admin key in the X-API-Key header."));
  }

  @Test
  void refusesAWrongKey() {
    given()
        .header("X-API-Key", "test-admin-key-0123456780")
        .header("Accept-Language", "fr")
        .get("/v1/imports")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/unauthenticated"))
        .body("detail", equalTo("La clé de l'en-tête X-API-Key n'est pas valable."));
  }
}
