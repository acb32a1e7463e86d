package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CompanyWriteTest {
  private static final String DRAFT =
      """
      {"name": "Cartes du Lauragais", "commune": "31555", "sectors": ["iot"]}
      """;

  private final Editor team = Editor.team();

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void aNameACommuneAndASectorMakeADraftThatNobodySees() {
    Response made = team.post("/v1/companies", DRAFT);

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.<String>path("slug")).isEqualTo("cartes-du-lauragais");
    assertThat(made.<String>path("publication")).isEqualTo("draft");
    assertThat(made.<String>path("sizeClass")).isEqualTo("NN");
    assertThat(made.header("Location")).endsWith("/v1/companies/" + made.path("id"));
    assertThat(made.header("Cache-Control")).isEqualTo("private, no-store");
    given().get("/v1/companies/cartes-du-lauragais").then().statusCode(404);
    assertThat(team.read("cartes-du-lauragais").header("ETag")).isEqualTo(made.header("ETag"));
  }

  @Test
  void whatIsPublishedIsReadAtOnce() {
    Response made =
        team.post(
            "/v1/companies",
            """
            {"name": "Cartes du Lauragais", "commune": "31555", "sectors": ["iot", "fintech"],
             "description": {"fr": "Des cartes."}, "headcount": 12, "publication": "published",
             "exportMarkets": ["DE"], "social": {"linkedin": "https://social.example.org/c"},
             "location": {"lat": 43.5, "lon": 1.5}, "naf": {"code": "62.01Z"}, "hiring": true}
            """);

    given()
        .get("/v1/companies/cartes-du-lauragais")
        .then()
        .statusCode(200)
        .body("id", equalTo(made.<String>path("id")))
        .body("revision", equalTo(Integer.valueOf(made.header("Directory-Revision"))))
        .body("sectors.slug", contains("iot", "fintech"))
        .body("sizeClass.code", equalTo("11"))
        .body("naf.nomenclature", equalTo("NAFRev2"))
        .body("location.precision", equalTo("address"));
  }

  @Test
  void aSecondCompanyOfTheNameGetsTheNextSlug() {
    team.post("/v1/companies", DRAFT);

    assertThat(team.post("/v1/companies", DRAFT).<String>path("slug"))
        .isEqualTo("cartes-du-lauragais-2");
  }

  @Test
  void aFormerCommuneLeadsToThatOfToday() {
    Response made =
        team.post(
            "/v1/companies", "{\"name\": \"A\", \"commune\": \"09028\", \"sectors\": [\"iot\"]}");

    assertThat(made.<String>path("commune")).isEqualTo("09296");
  }

  @Test
  void namesEveryMistakeWithItsPlace() {
    Response refused =
        team.post(
            "/v1/companies",
            """
            {"name": "<b>Gras", "siren": "123456789", "siret": 5, "website": "javascript:alert(1)",
             "commune": "99999", "sectors": ["iot", "nowhere"], "description": {"de": "x", "fr": "a\\u0000b"},
             "email": "nobody", "foundedYear": 12, "hiring": "yes", "location": {"lat": 91, "lon": 1},
             "social": {"x1": "https://a.example.org"}, "publication": "secret", "naf": {"code": "00.00Z"},
             "exportMarkets": ["ZZ"], "nam": 1}
            """);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.<String>path("type")).isEqualTo("/problems/invalid-body");
    assertThat(refused.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
        .containsExactlyInAnyOrder(
            "/name html",
            "/siren invalid_siren",
            "/siret wrong_type",
            "/website invalid_url",
            "/commune unknown_commune",
            "/sectors/1 unknown_sector",
            "/description/de unknown_member",
            "/description/fr control_character",
            "/email invalid_email",
            "/foundedYear out_of_range",
            "/hiring wrong_type",
            "/location/lat out_of_range",
            "/social/x1 invalid_social",
            "/publication unknown_value",
            "/naf/code unknown_naf",
            "/exportMarkets/0 unknown_country",
            "/nam unknown_member");
  }

  @Test
  void saysWhatADraftLacks() {
    Response refused = team.post("/v1/companies", "{\"sectors\": []}");

    assertThat(refused.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
        .containsExactlyInAnyOrder("/name required", "/commune required", "/sectors required");
  }

  @Test
  void anAddressOfLaPosteIsTaken() {
    Response made =
        team.post(
            "/v1/companies",
            """
            {"name": "Poste", "commune": "31555", "sectors": ["iot"], "siren": "356000000", "siret": "35600000049837"}
            """);

    assertThat(made.statusCode()).isEqualTo(201);
  }

  @Test
  void puttingBackWhatWasReadChangesNothing() {
    Response read = team.read("capteurs-d-oc");

    Response put =
        team.request()
            .header("If-Match", read.header("ETag"))
            .body(read.asString())
            .put("/v1/companies/capteurs-d-oc");

    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.header("ETag")).isEqualTo(read.header("ETag"));
    assertThat(Fixture.parsed(put.asString())).isEqualTo(Fixture.parsed(read.asString()));
  }

  @Test
  void aPutEmptiesWhatItLeavesOut() {
    Response put =
        team.request()
            .header("If-Match", team.etag("capteurs-d-oc"))
            .body("{\"name\": \"Capteurs\", \"commune\": \"31555\", \"sectors\": [\"iot\"]}")
            .put("/v1/companies/capteurs-d-oc");

    put.then()
        .statusCode(200)
        .body("slug", equalTo("capteurs-d-oc"))
        .body("publication", equalTo("published"))
        .body("website", nullValue())
        .body("headcount", nullValue())
        .body("description", equalTo(java.util.Map.of()))
        .body("hiring", equalTo(false));
  }

  @Test
  void aPatchChangesWhatItNamesAndNoMore() {
    Response patched =
        team.patch(
            "capteurs-d-oc",
            "{\"phone\": null, \"description\": {\"en\": \"Sensors.\"}, \"sectors\": [\"fintech\"]}");

    patched
        .then()
        .statusCode(200)
        .body("phone", nullValue())
        .body("description.fr", equalTo("Des capteurs pour les vignes."))
        .body("description.en", equalTo("Sensors."))
        .body("sectors", contains("fintech"))
        .body("website", equalTo("https://capteurs-d-oc.example.org/"));
    given()
        .header("Accept-Language", "en")
        .get("/v1/companies/capteurs-d-oc")
        .then()
        .body("description", equalTo("Sensors."))
        .body("phone", nullValue());
  }

  @Test
  void aPatchNamesUnknownMembersEvenThoseThatItEmpties() {
    Response refused =
        team.patch("capteurs-d-oc", "{\"nam\": null, \"description\": {\"de\": null}}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.<List<String>>path("errors.pointer"))
        .containsExactlyInAnyOrder("/nam", "/description/de");
  }

  @Test
  void whatIsOnlyShownIsNotChanged() {
    Response refused = team.patch("capteurs-d-oc", "{\"memberships\": []}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.<List<String>>path("errors.code")).containsExactly("read_only");
  }

  @Test
  void anEditThatChangesNothingKeepsTheETag() {
    String etag = team.etag("capteurs-d-oc");

    Response patched = team.patch("capteurs-d-oc", etag, "{\"name\": \"Capteurs d'Oc \"}");

    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(patched.header("ETag")).isEqualTo(etag);
  }

  @Test
  void anEditNeedsTheVersionThatItWasMadeUpon() {
    team.request()
        .body("{}")
        .patch("/v1/companies/capteurs-d-oc")
        .then()
        .statusCode(428)
        .body("type", equalTo("/problems/precondition-required"));
    team.patch("capteurs-d-oc", "\"1.00000000.edit\"", "{}").then().statusCode(412);
    team.patch("capteurs-d-oc", "*", "{\"phone\": null}").then().statusCode(200);
  }

  @Test
  void theETagOfAnyLanguageOrEncodingWillDo() {
    String etag =
        given()
            .header("Accept-Encoding", "gzip")
            .queryParam("lang", "en")
            .get("/v1/companies/capteurs-d-oc")
            .header("ETag");

    team.patch("capteurs-d-oc", etag, "{\"phone\": null}").then().statusCode(200);
  }

  @Test
  void anEditOfTheHeadcountIsSeenByEditorsAlone() {
    String publicTag = given().get("/v1/companies/capteurs-d-oc").header("ETag");
    String before = team.etag("capteurs-d-oc");

    Response patched = team.patch("capteurs-d-oc", before, "{\"headcount\": 38}");

    assertThat(patched.header("ETag")).isNotEqualTo(before);
    assertThat(given().get("/v1/companies/capteurs-d-oc").header("ETag")).isEqualTo(publicTag);
    team.patch("capteurs-d-oc", before, "{\"headcount\": 39}").then().statusCode(412);
  }

  @Test
  void theSizeClassFollowsTheHeadcount() {
    assertThat(team.patch("capteurs-d-oc", "{\"headcount\": 60}").<String>path("sizeClass"))
        .isEqualTo("21");
    assertThat(
            team.patch("capteurs-d-oc", "{\"sizeClass\": \"01\"}")
                .<List<String>>path("errors.code"))
        .containsExactly("size_class_contradicts_headcount");
  }

  @Test
  void ofTwoEditorsWithOneVersionOneWinsAndNothingIsLost() throws Exception {
    String etag = team.etag("capteurs-d-oc");
    List<Callable<Response>> edits =
        List.of(
            () -> team.patch("capteurs-d-oc", etag, "{\"phone\": \"0536490002\"}"),
            () -> team.patch("capteurs-d-oc", etag, "{\"email\": \"new@example.org\"}"));
    ExecutorService editors = Executors.newFixedThreadPool(2);
    try {
      List<Integer> statuses = new java.util.ArrayList<>();
      for (Future<Response> each : editors.invokeAll(edits)) {
        statuses.add(each.get().statusCode());
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 412);
    } finally {
      editors.shutdown();
    }
    Response now = team.read("capteurs-d-oc");
    boolean phoneWon = now.path("phone").equals("0536490002");
    boolean emailWon = now.path("email").equals("new@example.org");
    assertThat(phoneWon).isNotEqualTo(emailWon);
  }

  @Test
  void aFormerSlugLeadsToTheCompany() {
    team.patch("capteurs-d-oc", "{\"slug\": \"capteurs\"}").then().statusCode(200);

    Response moved =
        given().redirects().follow(false).get("/v1/companies/capteurs-d-oc?lang=en&fields=name");
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.header("Location")).endsWith("/v1/companies/capteurs?fields=name&lang=en");
    given()
        .get("/v1/companies/capteurs-d-oc")
        .then()
        .statusCode(200)
        .body("slug", equalTo("capteurs"));

    team.patch("capteurs", "{\"publication\": \"draft\"}").then().statusCode(200);
    given().get("/v1/companies/capteurs-d-oc").then().statusCode(404);
  }

  @Test
  void aSlugThatWasSomebodysIsNotGivenAway() {
    team.patch("capteurs-d-oc", "{\"slug\": \"capteurs\"}").then().statusCode(200);

    team.patch("ecran-vert", "{\"slug\": \"capteurs-d-oc\"}").then().statusCode(409);
    team.patch("ecran-vert", "{\"slug\": \"capteurs\"}").then().statusCode(409);
    assertThat(
            team.post(
                    "/v1/companies",
                    "{\"name\": \"Capteurs d'Oc\", \"commune\": \"31555\", \"sectors\": [\"iot\"]}")
                .<String>path("slug"))
        .isEqualTo("capteurs-d-oc-2");
    team.patch("capteurs", "{\"slug\": \"capteurs-d-oc\"}").then().statusCode(200);
  }

  @Test
  void aNameDoesNotMoveTheSlug() {
    assertThat(team.patch("capteurs-d-oc", "{\"name\": \"Autre nom\"}").<String>path("slug"))
        .isEqualTo("capteurs-d-oc");
  }

  @Test
  void numbersBelongToOneCompany() {
    Response refused = team.patch("ecran-vert", "{\"siren\": \"000000018\"}");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.<List<String>>path("errors.pointer")).containsExactly("/siren");
  }

  @Test
  void aSiretStartsWithItsSiren() {
    assertThat(
            team.patch("capteurs-d-oc", "{\"siren\": \"000000059\"}")
                .<List<String>>path("errors.code"))
        .containsExactly("siret_of_another_siren");
  }

  @Test
  void anEditOfARegisterCompanyMakesItTheClusters() {
    team.patch("registre-logiciel", "{\"website\": \"https://registre.example.org/\"}")
        .then()
        .statusCode(200);

    given()
        .get("/v1/companies/registre-logiciel")
        .then()
        .body("source.name", equalTo("Digital113"));
  }

  @Test
  void aCompanyWithHistoryIsArchivedNotDeleted() {
    team.request()
        .header("If-Match", team.etag("ecran-vert"))
        .delete("/v1/companies/ecran-vert")
        .then()
        .statusCode(409);
    team.patch("ecran-vert", "{\"publication\": \"archived\"}").then().statusCode(200);
    given().get("/v1/companies/ecran-vert").then().statusCode(404);

    team.request()
        .header("If-Match", team.etag("registre-logiciel"))
        .delete("/v1/companies/registre-logiciel")
        .then()
        .statusCode(204);
    given().get("/v1/companies/registre-logiciel").then().statusCode(404);
    team.read("registre-logiciel").then().statusCode(404);
  }

  @Test
  void whatEditorsReadIsForEditors() {
    given().queryParam("view", "edit").get("/v1/companies/capteurs-d-oc").then().statusCode(401);
    given()
        .body(DRAFT)
        .contentType("application/json")
        .post("/v1/companies")
        .then()
        .statusCode(401);
    team.read("projet-secret").then().statusCode(200).body("headcount", equalTo(3));
    team.read("nobody").then().statusCode(404);
    team.request()
        .queryParam("view", "edit")
        .queryParam("fields", "name")
        .get("/v1/companies/capteurs-d-oc")
        .then()
        .statusCode(400);
  }

  @Test
  void saysWhichMethodsACompanyTakes() {
    Response refused = team.request().body("{}").post("/v1/companies/capteurs-d-oc");

    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
  }

  /**
   * What a PUT without them keeps, null keeps too: a page must not vanish by a form's empty field.
   */
  @Test
  void nullHidesNoCompanyAndTakesNoAddressAway() {
    team.patch("capteurs-d-oc", "{\"publication\": null, \"slug\": null, \"phone\": null}")
        .then()
        .statusCode(200)
        .body("publication", equalTo("published"))
        .body("slug", equalTo("capteurs-d-oc"));
  }

  @Test
  void aMethodThatANestedPathDoesNotTakeIsToldSo() {
    Response refused = team.request().delete("/v1/companies/capteurs-d-oc/history");

    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }
}
