package fr.digital113.directory.partners;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.access.KeyUse;
import fr.digital113.directory.testsupport.DatabaseResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partners and their keys, from the first to the last. */
@QuarkusTest
class PartnerTest {
  @Inject Jdbi jdbi;
  @Inject KeyUse use;

  @BeforeEach
  void removeAll() {
    jdbi.useHandle(handle -> handle.execute("delete from partner"));
  }

  @Test
  void addsListsChangesAndRemovesPartners() {
    Response made = post("/v1/partners", "{\"name\": \"Zeta\", \"contact\": \"api@zeta.example\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    String path = made.header("Location");
    assertThat(made.jsonPath().getMap("$"))
        .containsEntry("name", "Zeta")
        .containsEntry("plan", "standard")
        .containsEntry("contact", "api@zeta.example")
        .containsEntry("keys", 0);
    post("/v1/partners", "{\"name\": \"agence\"}");

    JsonPath list = admin().get("/v1/partners?limit=5").jsonPath();
    assertThat(list.getList("data.name")).isEqualTo(List.of("agence", "Zeta"));
    assertThat(list.getMap("page")).isEqualTo(Map.of("limit", 5, "total", 2));

    Response changed =
        admin()
            .contentType("application/merge-patch+json")
            .header("If-Match", made.header("ETag"))
            .body("{\"name\": \"Zeta 2\", \"contact\": null}")
            .patch(path);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.<String>path("name")).isEqualTo("Zeta 2");
    assertThat(changed.<String>path("contact")).isNull();
    assertThat(changed.<String>path("plan")).isEqualTo("standard");

    assertThat(admin().get(path).header("ETag")).isEqualTo(changed.header("ETag"));
    assertThat(remove(path, made.header("ETag"))).isEqualTo(412);
    assertThat(remove(path, changed.header("ETag"))).isEqualTo(204);
    assertThat(admin().get(path).statusCode()).isEqualTo(404);
    assertThat(remove(path, "*")).isEqualTo(404);
  }

  @Test
  void losesNoEditOfAnother() {
    Response made = post("/v1/partners", "{\"name\": \"Zeta\"}");
    String path = made.header("Location");

    assertThat(rename(path, "One", made.header("ETag")).statusCode()).isEqualTo(200);
    assertThat(rename(path, "Two", made.header("ETag")).statusCode()).isEqualTo(412);
    assertThat(
            admin()
                .contentType("application/merge-patch+json")
                .body("{\"name\": \"Three\"}")
                .patch(path)
                .statusCode())
        .isEqualTo(428);
    assertThat(admin().get(path).<String>path("name")).isEqualTo("One");
  }

  @Test
  void makesAPartnerAndAKeyOnceHoweverOftenTheyAreAskedFor() {
    String partner = repeated("/v1/partners", "{\"name\": \"Agence\"}").get(1).header("Location");
    assertThat(admin().get("/v1/partners").<Integer>path("page.total")).isEqualTo(1);

    List<Response> made = repeated(partner + "/keys", "{\"label\": \"site\"}");
    assertThat(made.get(1).<String>path("id")).isEqualTo(made.get(0).path("id"));
    assertThat(made.get(0).<String>path("key")).isNotNull();
    assertThat(made.get(1).jsonPath().getMap("$")).doesNotContainKey("key");

    String rotate = partner + "/keys/" + made.get(0).path("id") + "/rotate";
    List<Response> rotated = repeated(rotate, "{}");
    assertThat(rotated.get(1).<String>path("id")).isEqualTo(rotated.get(0).path("id"));
    assertThat(admin().get(partner + "/keys").<Integer>path("page.total")).isEqualTo(2);
  }

  private static List<Response> repeated(String path, String body) {
    String key = UUID.randomUUID().toString();
    List<Response> both =
        Stream.of(1, 2)
            .map(
                time ->
                    admin()
                        .header("Idempotency-Key", key)
                        .contentType("application/json")
                        .body(body)
                        .post(path))
            .toList();
    assertThat(both).extracting(Response::statusCode).containsOnly(201);
    return both;
  }

  private static Response rename(String path, String name, String version) {
    return admin()
        .header("If-Match", version)
        .contentType("application/merge-patch+json")
        .body(Map.of("name", name))
        .patch(path);
  }

  private static int remove(String path, String version) {
    return admin().header("If-Match", version).delete(path).statusCode();
  }

  @Test
  void takesNoNameTwice() {
    post("/v1/partners", "{\"name\": \"Agence\"}");

    assertThat(post("/v1/partners", "{\"name\": \"AGENCE\"}").statusCode()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                      | /name     | required
          {"name": null}                          | /name     | required
          {"name": ""}                            | /name     | empty
          {"name": 7}                             | /name     | wrong_type
          {"name": "a\\nb"}                       | /name     | control_character
          {"name": "A", "plan": "anonymous"}      | /plan     | unknown_value
          {"name": "A", "plan": 3}                | /plan     | wrong_type
          {"name": "A", "contact": ["x"]}         | /contact  | wrong_type
          {"name": "A", "a/b~c": 1}               | /a~1b~0c  | unknown_member
          """)
  void saysWhatIsWrongWithAPartner(String body, String pointer, String code) {
    assertInvalid(post("/v1/partners", body), pointer, code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                             | /label     | required
          {"label": "x", "roles": []}                                    | /roles     | empty
          {"label": "x", "roles": "team"}                                | /roles     | wrong_type
          {"label": "x", "roles": ["partner", "admin"]}                  | /roles/1   | unknown_value
          {"label": "x", "roles": ["member"]}                            | /roles/0   | unknown_value
          {"label": "x", "expiresAt": "2020-01-01T00:00:00Z"}            | /expiresAt | invalid_time
          {"label": "x", "expiresAt": "tomorrow"}                        | /expiresAt | invalid_time
          {"label": "x", "origins": ["https://a.example/"]}              | /origins/0 | invalid_origin
          {"label": "x", "origins": ["https://a.example", "*"]}          | /origins/1 | invalid_origin
          {"label": "x", "origins": ["ftp://a.example"]}                 | /origins/0 | invalid_origin
          {"label": "x", "origins": ["https://a.example:99999"]}         | /origins/0 | invalid_origin
          {"label": "x", "origins": ["https://u@a.example"]}             | /origins/0 | invalid_origin
          {"label": "x", "roles": ["team"], "origins": ["https://a.fr"]} | /origins   | not_for_browsers
          """)
  void saysWhatIsWrongWithAKey(String body, String pointer, String code) {
    assertInvalid(post(partner() + "/keys", body), pointer, code);
  }

  @ParameterizedTest
  @CsvSource({
    "not json, 400, /problems/malformed-request",
    "[], 422, /problems/invalid-body",
    "null, 422, /problems/invalid-body",
    "7, 422, /problems/invalid-body"
  })
  void refusesABodyThatIsNoObject(String body, int status, String type) {
    Response refused = post("/v1/partners", body);

    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(refused.<String>path("type")).isEqualTo(type);
  }

  @Test
  void showsAKeyOnceAndKeepsOnlyItsHash() {
    String keys = partner() + "/keys";
    Response made = post(keys, "{\"label\": \"server\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    String key = made.path("key");
    assertThat(key).startsWith(made.<String>path("prefix") + "_");
    assertThat(made.<String>path("prefix")).matches("d113_partner_[a-z0-9]{6}");
    assertThat(status(key)).isEqualTo(200);

    Response list = admin().get(keys);
    assertThat(list.asString()).doesNotContain(key);
    assertThat(list.jsonPath().getMap("data[0]"))
        .containsEntry("label", "server")
        .containsEntry("status", "active")
        .containsEntry("roles", List.of("partner"))
        .doesNotContainKey("key");
    assertThat(
            jdbi.withHandle(
                    handle ->
                        handle
                            .createQuery(
                                "select (k.*)::text || (select string_agg(document::text, '') from audit_image) from api_key k")
                            .mapTo(String.class)
                            .list())
                .toString())
        .doesNotContain(key.substring(key.length() - 43));
  }

  @Test
  void keepsTheDayOfTheLastUse() {
    String keys = partner() + "/keys";
    String key = post(keys, "{\"label\": \"server\"}").path("key");
    assertThat(admin().get(keys).<String>path("data[0].lastUsedOn")).isNull();
    assertThat(status(key)).isEqualTo(200);
    use.write();

    assertThat(admin().get(keys).<String>path("data[0].lastUsedOn"))
        .isEqualTo(LocalDate.now(ZoneOffset.UTC).toString());
  }

  @Test
  void givesScriptsTheRightsOfTheTeam() {
    String keys = partner() + "/keys";
    String team = post(keys, "{\"label\": \"nightly\", \"roles\": [\"team\"]}").path("key");
    String other = post(keys, "{\"label\": \"other\"}").path("key");

    assertThat(team).startsWith("d113_team_");
    assertThat(given().header("X-API-Key", team).get("/v1/imports").statusCode()).isEqualTo(200);
    assertThat(given().header("X-API-Key", other).get("/v1/imports").statusCode()).isEqualTo(403);
    assertThat(given().header("X-API-Key", team).get("/v1/partners").statusCode()).isEqualTo(403);
  }

  @Test
  void revokesAKeyAtOnceAndStillShowsIt() {
    String keys = partner() + "/keys";
    JsonPath made = post(keys, "{\"label\": \"server\"}").jsonPath();
    String path = keys + "/" + made.getString("id");
    assertThat(status(made.getString("key"))).isEqualTo(200);

    assertThat(remove(path, "*")).isEqualTo(204);
    assertThat(status(made.getString("key"))).isEqualTo(401);
    assertThat(admin().get(keys).<String>path("data[0].status")).isEqualTo("revoked");
    assertThat(post(path + "/rotate", "{}").statusCode()).isEqualTo(409);
  }

  @Test
  void rotatesAKeyWithAnOverlap() {
    String keys = partner() + "/keys";
    JsonPath old =
        post(keys, "{\"label\": \"site\", \"origins\": [\"https://a.example:443\"]}").jsonPath();
    Response made = admin().post(keys + "/" + old.getString("id") + "/rotate");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.<String>path("label")).isEqualTo("site");
    assertThat(made.<List<String>>path("origins")).isEqualTo(List.of("https://a.example"));
    assertThat(made.<String>path("expiresAt")).isNull();
    assertThat(made.<String>path("key")).isNotEqualTo(old.getString("key"));
    for (String key : List.of(old.getString("key"), made.<String>path("key"))) {
      assertThat(
              given()
                  .header("X-API-Key", key)
                  .header("Origin", "https://a.example")
                  .get("/v1")
                  .statusCode())
          .isEqualTo(200);
    }
    String ends =
        admin()
            .get(keys)
            .path("data.find { it.id == '%s' }.expiresAt".formatted(old.getString("id")));
    assertThat(OffsetDateTime.parse(ends))
        .isBetween(
            OffsetDateTime.now(ZoneOffset.UTC).plusHours(23),
            OffsetDateTime.now(ZoneOffset.UTC).plusHours(25));
  }

  @Test
  void endsTheOldKeyAtOnceWhenThereIsNoOverlap() {
    String keys = partner() + "/keys";
    JsonPath old = post(keys, "{\"label\": \"server\"}").jsonPath();
    String key =
        post(keys + "/" + old.getString("id") + "/rotate", "{\"overlapHours\": 0}").path("key");

    assertThat(status(old.getString("key"))).isEqualTo(401);
    assertThat(status(key)).isEqualTo(200);
    assertInvalid(
        post(keys + "/" + old.getString("id") + "/rotate", "{\"overlapHours\": 721}"),
        "/overlapHours",
        "out_of_range");
  }

  @Test
  void removesTheKeysOfAPartnerWithIt() {
    String partner = partner();
    String key = post(partner + "/keys", "{\"label\": \"server\"}").path("key");
    assertThat(status(key)).isEqualTo(200);
    remove(partner, "*");

    assertThat(status(key)).isEqualTo(401);
  }

  @Test
  void findsNoKeyOfAnotherPartner() {
    String key = post(partner() + "/keys", "{\"label\": \"server\"}").path("id");
    String other = post("/v1/partners", "{\"name\": \"Other\"}").header("Location");

    assertThat(admin().delete(other + "/keys/" + key).statusCode()).isEqualTo(404);
    assertThat(post(other + "/keys/" + key + "/rotate", "{}").statusCode()).isEqualTo(404);
    assertThat(admin().get("/v1/partners/x").statusCode()).isEqualTo(404);
    assertThat(admin().get("/v1/partners/" + UUID.randomUUID() + "/keys").statusCode())
        .isEqualTo(404);
  }

  private static String partner() {
    return post("/v1/partners", "{\"name\": \"Agence\"}").header("Location");
  }

  private static int status(String key) {
    return given().header("X-API-Key", key).get("/v1").statusCode();
  }

  private static Response post(String path, String body) {
    return admin().contentType("application/json").body(body).post(path);
  }

  private static RequestSpecification admin() {
    return given().header("X-API-Key", DatabaseResource.ADMIN_KEY);
  }

  private static void assertInvalid(Response answer, String pointer, String code) {
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.<String>path("type")).isEqualTo("/problems/invalid-body");
    assertThat(answer.<List<String>>path("errors.pointer")).isEqualTo(List.of(pointer));
    assertThat(answer.<List<String>>path("errors.code")).isEqualTo(List.of(code));
  }
}
