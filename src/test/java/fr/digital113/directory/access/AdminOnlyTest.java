package fr.digital113.directory.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.DatabaseResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdminOnlyTest {

  @Path("/test/admin-only")
  public static class GuardedResource {
    @POST
    @AdminOnly
    public String echo(String body) {
      return body;
    }
  }

  @Test
  void letsTheAdminKeyPass() {
    given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .body("hello")
        .post("/test/admin-only")
        .then()
        .statusCode(200)
        .body(equalTo("hello"));
  }

  @Test
  void asksForTheKeyWhenThereIsNone() {
    given()
        .header("Accept-Language", "en")
        .post("/test/admin-only")
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
        .post("/test/admin-only")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("type", equalTo("/problems/unauthenticated"))
        .body("detail", equalTo("La clé de l'en-tête X-API-Key n'est pas valable."));
  }
}
