package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the team writes Factories. */
@QuarkusTest
class FactoryWriteTest {
  private static final String OBJETS = "/v1/factories/objets-connectes";
  private static final String FINANCES = "0190a000-0000-7000-8000-000000000003";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";
  private static final String SANTE = "0190a000-0000-7000-8000-000000000005";

  private final LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static List<String> mistakes(Response refused) {
    assertThat(refused.statusCode()).isEqualTo(422);
    return refused.path("errors.collect { it.pointer + ' ' + it.code }");
  }

  private static JsonNode body(Response answer) {
    return Fixture.parsed(answer.asString());
  }

  /** Each lead with its company, its first day and its last. */
  private List<String> terms() {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(
                    """
                    select c.slug || ' ' || l.since || coalesce(' ' || l.until, '')
                    from factory_lead l join company c on c.id = l.company join factory f on f.id = l.factory
                    where f.slug = 'objets-connectes' order by l.since, c.slug
                    """)
                .mapTo(String.class)
                .list());
  }

  @Test
  void aNameMakesAFactoryThatIsForming() {
    Response made = team.post("/v1/factories", "{\"name\": \"Factory Vignes connectées\"}");

    assertThat(made.statusCode()).isEqualTo(201);
    String id = made.path("id");
    assertThat(made.header("Location")).endsWith("/v1/factories/" + id);
    assertThat(body(made))
        .isEqualTo(
            Fixture.parsed(
                """
                {"id": "%s", "slug": "factory-vignes-connectees", "name": "Factory Vignes connectées",
                 "mission": {}, "sectors": [], "status": "forming", "leads": [], "participants": []}
                """
                    .formatted(id)));
    assertThat(team.readAt("/v1/factories/" + id).header("ETag")).isEqualTo(made.header("ETag"));
    given()
        .get("/v1/factories/factory-vignes-connectees")
        .then()
        .statusCode(200)
        .body("revision", equalTo(Integer.valueOf(made.header("Directory-Revision"))));
    assertThat(
            team.post("/v1/factories", "{\"name\": \"Factory Vignes connectées\"}")
                .<String>path("slug"))
        .isEqualTo("factory-vignes-connectees-2");
  }

  @Test
  void companiesAreNamedByIdOrSlugAndShownById() {
    Response made =
        team.post(
            "/v1/factories",
            """
            {"name": "Factory Cartes", "slug": "cartes", "mission": {"en": "Maps."}, "sectors": ["iot", "edtech"],
             "status": "active", "participants": ["sante-connectee", "%s", "SANTE-CONNECTEE"],
             "leads": [{"company": "finances-occitanes", "since": "2025-02-01"}, {"company": "%s"}]}
            """
                .formatted(PIXELS, Editor.CAPTEURS));

    assertThat(body(made))
        .isEqualTo(
            Fixture.parsed(
                """
                {"id": "%s", "slug": "cartes", "name": "Factory Cartes", "mission": {"en": "Maps."},
                 "sectors": ["iot", "edtech"], "status": "active",
                 "leads": [{"company": "%s", "since": "2025-02-01"}, {"company": "%s", "since": "%s"}],
                 "participants": ["%s", "%s"]}
                """
                    .formatted(made.path("id"), FINANCES, Editor.CAPTEURS, today, PIXELS, SANTE)));
    given()
        .get("/v1/factories/cartes")
        .then()
        .body("leads.company.slug", contains("finances-occitanes", "capteurs-d-oc"))
        .body("companies", equalTo(4));
    given()
        .get("/v1/companies/sante-connectee")
        .then()
        .body("factories.slug", containsInAnyOrder("objets-connectes", "cartes"))
        .body("factories.role", contains("participant", "participant"));
  }

  @Test
  void namesEveryMistakeWithItsPlace() {
    Response refused =
        team.post(
            "/v1/factories",
            """
            {"slug": "123", "mission": {"de": "x", "fr": "<script>"}, "sectors": ["nowhere"], "status": "paused",
             "leads": [{"company": "ecran-vert", "since": "2999-01-01"}, {"since": "x", "until": "2020-01-01"}],
             "participants": ["registre-logiciel", "sante-connectee", "nobody", 4], "nam": 1}
            """);

    assertThat(mistakes(refused))
        .containsExactlyInAnyOrder(
            "/name required",
            "/slug invalid_slug",
            "/mission/de unknown_member",
            "/mission/fr html",
            "/sectors/0 unknown_sector",
            "/status unknown_value",
            "/leads/0/company lead_not_member",
            "/leads/0/since out_of_range",
            "/leads/1/company required",
            "/leads/1/since invalid_date",
            "/leads/1/until unknown_member",
            "/participants/3 wrong_type",
            "/participants/0 unknown_company",
            "/participants/2 unknown_company",
            "/nam unknown_member");
    assertThat(
            mistakes(
                team.patchAt(
                    OBJETS,
                    "{\"leads\": [{\"company\": \"%1$s\"}, {\"company\": \"%1$s\"}]}"
                        .formatted(SANTE))))
        .containsExactly("/leads/1/company same_company");
    assertThat(mistakes(team.patchAt(OBJETS, "{\"leads\": [null]}")))
        .containsExactly("/leads/0 required");
    assertThat(mistakes(team.patchAt(OBJETS, "{\"leads\": [1, 2, 3]}")))
        .containsExactly("/leads too_many_values");
  }

  @Test
  void puttingBackWhatWasReadChangesNothing() {
    Response read = team.readAt(OBJETS);

    Response put =
        team.request().header("If-Match", read.header("ETag")).body(read.asString()).put(OBJETS);

    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.header("ETag")).isEqualTo(read.header("ETag"));
    assertThat(body(put)).isEqualTo(body(read));
    assertThat(terms())
        .containsExactly("capteurs-d-oc 2022-04-07", "finances-occitanes 2023-01-10");
  }

  @Test
  void aLeadThatIsLeftOutEndsTodayAndTheFactoryNeedsOne() {
    Response patched =
        team.patchAt(
            OBJETS,
            "{\"name\": \"Factory Objets\", \"leads\": [{\"company\": \"capteurs-d-oc\"}]}");

    patched
        .then()
        .statusCode(200)
        .body("status", equalTo("needs_lead"))
        .body("name", equalTo("Factory Objets"))
        .body("leads.company", contains(Editor.CAPTEURS))
        .body("leads.since", contains("2022-04-07"));
    assertThat(terms())
        .containsExactly("capteurs-d-oc 2022-04-07", "finances-occitanes 2023-01-10 " + today);
    given().get(OBJETS).then().body("status", equalTo("needs_lead"));
  }

  @Test
  void aPutThatLeavesTheStatusOutMayTakeALeadAway() {
    team.request()
        .header("If-Match", "*")
        .body("{\"name\": \"Factory Objets\", \"leads\": []}")
        .put(OBJETS)
        .then()
        .statusCode(200)
        .body("status", equalTo("needs_lead"))
        .body("participants", hasSize(0));
  }

  @Test
  void whoeverSaysActiveGivesTwoLeads() {
    List<String> bodies =
        List.of(
            "{\"status\": \"active\", \"leads\": [{\"company\": \"capteurs-d-oc\"}]}",
            "{\"status\": \"active\", \"leads\": null}");
    for (String each : bodies) {
      assertThat(mistakes(team.patchAt(OBJETS, each))).containsExactly("/status factory_two_leads");
    }
    assertThat(mistakes(team.patchAt("/v1/factories/jeux-serieux", "{\"status\": \"active\"}")))
        .containsExactly("/status factory_two_leads");
    assertThat(mistakes(team.post("/v1/factories", "{\"name\": \"F\", \"status\": \"active\"}")))
        .containsExactly("/status factory_two_leads");
    assertThat(terms()).hasSize(2);
  }

  @Test
  void aLeadIsReplacedWithoutAPause() {
    team.patchAt(
            OBJETS,
            "{\"leads\": [{\"company\": \"capteurs-d-oc\", \"since\": \"2022-05-01\"}, {\"company\": \"pixels-mediterranee\"}]}")
        .then()
        .statusCode(200)
        .body("status", equalTo("active"));

    assertThat(terms())
        .containsExactly(
            "capteurs-d-oc 2022-05-01",
            "finances-occitanes 2023-01-10 " + today,
            "pixels-mediterranee " + today);
  }

  @Test
  void aTermDoesNotBeginBeforeAnEarlierOneOfTheCompanyHasEnded() {
    team.patchAt(OBJETS, "{\"leads\": [{\"company\": \"capteurs-d-oc\"}]}").then().statusCode(200);

    assertThat(
            mistakes(
                team.patchAt(
                    OBJETS,
                    "{\"leads\": [{\"company\": \"capteurs-d-oc\"}, {\"company\": \"finances-occitanes\", \"since\": \"2024-01-01\"}]}")))
        .containsExactly("/leads/1/since overlapping_lead");
    team.patchAt(
            OBJETS,
            "{\"status\": \"active\", \"leads\": [{\"company\": \"capteurs-d-oc\"}, {\"company\": \"finances-occitanes\"}]}")
        .then()
        .statusCode(200)
        .body("leads.since", contains("2022-04-07", today.toString()));
  }

  @Test
  void whoTakesPartMovesTheVersionThatEditorsCompareAndNotThePublicOne() {
    String publicTag = given().get(OBJETS).header("ETag");
    String before = team.readAt(OBJETS).header("ETag");
    long entries = publicEntries();

    Response patched = team.patchAt(OBJETS, "{\"participants\": [\"pixels-mediterranee\"]}");

    assertThat(patched.header("ETag")).isNotEqualTo(before);
    assertThat(publicEntries()).isEqualTo(entries);
    assertThat(given().get(OBJETS).<Integer>path("revision"))
        .isEqualTo(Integer.valueOf(publicTag.substring(1, publicTag.indexOf('.'))));
    assertThat(given().get(OBJETS).asString()).doesNotContain("participants");
    team.patchAt(OBJETS, before, "{\"participants\": []}").then().statusCode(412);
    given()
        .get("/v1/companies/pixels-mediterranee")
        .then()
        .body("factories.slug", contains("jeux-serieux", "objets-connectes"));
    given().get("/v1/companies/sante-connectee").then().body("factories", hasSize(0));
  }

  private long publicEntries() {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select count(*) from public_change where type = 'factory'")
                .mapTo(Long.class)
                .one());
  }

  @Test
  void whoTakesPartComesInAsAPublishedMemberAndMayStayWhatItBecomes() {
    for (String stranger : List.of("projet-secret", "registre-logiciel", "ecran-vert", "nobody")) {
      assertThat(mistakes(team.patchAt(OBJETS, "{\"participants\": [\"%s\"]}".formatted(stranger))))
          .containsExactly("/participants/0 unknown_company");
    }
    team.patch("sante-connectee", "{\"publication\": \"archived\"}").then().statusCode(200);

    team.patchAt(OBJETS, "{\"participants\": [\"%s\", \"capteurs-d-oc\"]}".formatted(SANTE))
        .then()
        .statusCode(200)
        .body("participants", contains(Editor.CAPTEURS, SANTE));
  }

  @Test
  void aFormerSlugLeadsToTheFactory() {
    team.patchAt(OBJETS, "{\"slug\": \"objets\"}").then().statusCode(200);

    Response moved = given().redirects().follow(false).get(OBJETS + "?lang=en");
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.header("Location")).endsWith("/v1/factories/objets?lang=en");
    Response companies = given().redirects().follow(false).get(OBJETS + "/companies?limit=2");
    assertThat(companies.statusCode()).isEqualTo(301);
    assertThat(companies.header("Location")).endsWith("/v1/factories/objets/companies?limit=2");
    given().get(OBJETS).then().statusCode(200).body("slug", equalTo("objets"));
    List<String> participants = given().get("/v1/companies?factory=objets").path("data.slug");
    assertThat(participants).isNotEmpty();
    assertThat(
            given().get("/v1/companies?factory=objets-connectes").<List<String>>path("data.slug"))
        .isEqualTo(participants);
    assertThat(
            given().get("/v1/companies?factory=absente&lang=en").<String>path("errors[0].message"))
        .contains("objets")
        .doesNotContain("objets-connectes");

    team.patchAt("/v1/factories/jeux-serieux", "{\"slug\": \"objets-connectes\"}")
        .then()
        .statusCode(409)
        .body("errors[0].pointer", equalTo("/slug"));
    team.patchAt("/v1/factories/jeux-serieux", "{\"slug\": \"objets\"}").then().statusCode(409);
    assertThat(team.post("/v1/factories", "{\"name\": \"Objets connectés\"}").<String>path("slug"))
        .isEqualTo("objets-connectes-2");
    team.patchAt("/v1/factories/objets", "{\"slug\": \"objets-connectes\"}").then().statusCode(200);
    given().redirects().follow(false).get("/v1/factories/objets").then().statusCode(301);
  }

  @Test
  void aFactoryThatHasBeenLedIsClosedNotDeleted() {
    Response refused = team.request().header("If-Match", "*").delete(OBJETS);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.<String>path("detail"))
        .isEqualTo("The Factory has been led, which stays: close it (status: closed).");
    team.patchAt(OBJETS, "{\"status\": \"closed\", \"leads\": []}")
        .then()
        .statusCode(200)
        .body("status", equalTo("closed"));

    team.request()
        .header("If-Match", team.readAt("/v1/factories/edition-responsable").header("ETag"))
        .delete("/v1/factories/edition-responsable")
        .then()
        .statusCode(204);
    given().get("/v1/factories/edition-responsable").then().statusCode(404);
  }

  @Test
  void theSameKeyMakesOneFactory() {
    String key = UUID.randomUUID().toString();
    String name = "{\"name\": \"Factory Unique\"}";

    Response first = team.request().header("Idempotency-Key", key).body(name).post("/v1/factories");
    Response second =
        team.request().header("Idempotency-Key", key).body(name).post("/v1/factories");

    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(body(second)).isEqualTo(body(first));
    team.request()
        .header("Idempotency-Key", key)
        .body("{\"name\": \"Other\"}")
        .post("/v1/factories")
        .then()
        .statusCode(422)
        .body("type", equalTo("/problems/idempotency-key-reused"));
  }

  @Test
  void anEditNeedsTheVersionThatItWasMadeUpon() {
    team.request().body("{}").patch(OBJETS).then().statusCode(428);
    team.request().delete(OBJETS).then().statusCode(428);
    team.patchAt(OBJETS, "\"1.00000000.edit\"", "{}").then().statusCode(412);
    team.patchAt(OBJETS, team.readAt(OBJETS).header("ETag"), "{}").then().statusCode(200);
  }

  @Test
  void aStatusOfNullSaysNothing() {
    team.patchAt(OBJETS, "{\"status\": null, \"leads\": null}")
        .then()
        .statusCode(200)
        .body("status", equalTo("needs_lead"))
        .body("leads", hasSize(0));
  }

  @Test
  void whatTheDatabaseCannotKeepIsAMistakeOfTheRequest() {
    String zero = "\\u0000";
    for (String each :
        List.of(
            "{\"participants\": [\"%s\"]}",
            "{\"leads\": [{\"company\": \"%s\"}]}", "{\"name\": \"%s\"}")) {
      assertThat(team.patchAt(OBJETS, each.formatted(zero)).statusCode()).isEqualTo(422);
    }
    assertThat(team.readAt("/v1/factories/%00").statusCode()).isIn(400, 404);
    assertThat(team.request().get("/v1/factories/%00/history").statusCode()).isIn(400, 404);
  }
}
