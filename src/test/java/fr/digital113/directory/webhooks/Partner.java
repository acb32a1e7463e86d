package fr.digital113.directory.webhooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.DatabaseResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** A partner with a key. */
record Partner(String id, String key) {

  static Partner make() {
    String id =
        admin()
            .body("{\"name\": \"Agence %s\"}".formatted(UUID.randomUUID()))
            .post("/v1/partners")
            .path("id");
    String key =
        admin().body("{\"label\": \"server\"}").post("/v1/partners/{id}/keys", id).path("key");
    return new Partner(id, key);
  }

  static RequestSpecification admin() {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .header("Accept-Language", "en")
        .contentType("application/json");
  }

  RequestSpecification request() {
    return given()
        .header("X-API-Key", key)
        .header("Accept-Language", "en")
        .contentType("application/json");
  }

  Response post(String path, String body) {
    return request().body(body).post(path);
  }

  Response patch(String id, String body) {
    return request()
        .contentType("application/merge-patch+json")
        .header("If-Match", "*")
        .body(body)
        .patch("/v1/webhooks/" + id);
  }

  Response get(String id) {
    return request().get("/v1/webhooks/" + id);
  }

  /** A webhook for a receiver, which verifies with its secret. Returns its id. */
  String webhook(TestReceiver receiver, String rest) {
    Response made = post("/v1/webhooks", "{\"url\": \"%s\", %s}".formatted(receiver.url(), rest));
    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    receiver.verifiesWith(made.path("secret"));
    return made.path("id");
  }
}
