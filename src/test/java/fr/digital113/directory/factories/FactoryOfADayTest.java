package fr.digital113.directory.factories;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Factory before and after its leads and participants changed. */
@QuarkusTest
class FactoryOfADayTest {
  private static final String PATH = "/v1/factories/objets-connectes";
  private final LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
  private final LocalDate yesterday = today.minusDays(1);

  private final Editor team = Editor.team();

  @Inject Fixture fixture;

  @BeforeEach
  void aFactoryThatHasBeenActiveForLong() {
    fixture.load();
    fixture.sql("update factory_state set valid_from = '2023-01-10'");
  }

  private static Response on(Object day) {
    return given().header("Accept-Language", "en").get(PATH + "?asOf=" + day);
  }

  private static List<String> leads(Object day) {
    return on(day).path("leads.company.slug");
  }

  @Test
  void isToldAsItWasWithNamesOfToday() {
    fixture.sql("update company set name = 'Capteurs d''Oc SAS' where slug = 'capteurs-d-oc'");
    Response answer = on("2023-06-30");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            fixture.item(
                "factory",
                "0190a000-0000-7000-8000-0000000000f1",
                """
                {
                  "id": "0190a000-0000-7000-8000-0000000000f1",
                  "slug": "objets-connectes",
                  "name": "Factory Objets connectés",
                  "mission": "Share test benches and lessons learnt.",
                  "sectors": [{"slug": "iot", "label": "Internet of Things"}],
                  "status": "active",
                  "leads": [
                    {"company": {"id": "0190a000-0000-7000-8000-000000000001", "slug": "capteurs-d-oc", "name": "Capteurs d'Oc SAS"}, "since": "2022-04-07"},
                    {"company": {"id": "0190a000-0000-7000-8000-000000000003", "slug": "finances-occitanes", "name": "Finances Occitanes"}, "since": "2023-01-10"}
                  ],
                  "updatedAt": "$updatedAt",
                  "revision": $revision,
                  "companies": 3,
                  "asOf": "2023-06-30"
                }
                """));
    assertThat(on("2023-06-30").header("Cache-Control")).startsWith("public");
    given()
        .header("Accept-Language", "en")
        .header("If-None-Match", answer.header("ETag"))
        .get(PATH + "?asOf=2023-06-30")
        .then()
        .statusCode(304);
  }

  @Test
  void hasOtherLeadsAfterTheyChangedAndTheSameBefore() {
    team.patchAt(
            PATH,
            "{\"leads\": [{\"company\": \"capteurs-d-oc\"}, {\"company\": \"pixels-mediterranee\"}]}")
        .then()
        .statusCode(200);

    assertThat(leads(yesterday)).containsExactly("capteurs-d-oc", "finances-occitanes");
    assertThat(leads(today)).containsExactly("capteurs-d-oc", "pixels-mediterranee");
    for (LocalDate day : List.of(yesterday, today)) {
      on(day).then().body("status", equalTo("active")).body("companies", equalTo(3));
    }
  }

  @Test
  void aHandoverOfAPastDayLeavesNoDayWithThree() {
    team.patchAt(
            PATH,
            "{\"leads\": [{\"company\": \"capteurs-d-oc\"}, {\"company\": \"pixels-mediterranee\", \"since\": \"2025-03-01\"}]}")
        .then()
        .statusCode(200);

    assertThat(leads("2025-02-28")).containsExactly("capteurs-d-oc", "finances-occitanes");
    assertThat(leads("2025-03-01")).containsExactly("capteurs-d-oc", "pixels-mediterranee");
    on("2025-03-01").then().body("status", equalTo("active"));

    Response refused =
        team.patchAt(
            PATH,
            "{\"leads\": [{\"company\": \"capteurs-d-oc\"}, {\"company\": \"pixels-mediterranee\", \"since\": \"2024-03-01\"}]}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
        .containsExactly("/leads third_lead");
    assertThat(refused.<String>path("errors[0].message")).contains("2024-03-01");
  }

  @Test
  void neededALeadWhileOneWasMissing() {
    fixture.sql(
        "update membership set left_on = directory_today() where company = '0190a000-0000-7000-8000-000000000003'");

    on(yesterday).then().body("status", equalTo("active"));
    on(today)
        .then()
        .body("status", equalTo("needs_lead"))
        .body("leads.company.slug", contains("capteurs-d-oc"))
        .body("companies", equalTo(2));
  }

  @Test
  void wasFormingWhileItHadOneLead() {
    fixture.sql("update factory_state set valid_from = directory_today()");
    on("2022-12-31")
        .then()
        .statusCode(200)
        .body("status", equalTo("forming"))
        .body("leads.company.slug", contains("capteurs-d-oc"));
    on("2023-01-10").then().body("status", equalTo("active"));
  }

  @Test
  void countsThoseWhoTookPartAndWereMembersThen() {
    fixture.sql(
        "update factory_participation set since = '2024-01-01' where company = '0190a000-0000-7000-8000-000000000005'");
    fixture.sql(
        "delete from factory_participant where company = '0190a000-0000-7000-8000-000000000005'");
    fixture.sql(
        """
        insert into factory_participation (factory, company, since, until)
        values ('0190a000-0000-7000-8000-0000000000f1', '0190a000-0000-7000-8000-000000000004', null, '2023-06-01'),
               ('0190a000-0000-7000-8000-0000000000f1', '0190a000-0000-7000-8000-000000000002', null, null)
        """);

    on("2023-05-31").then().body("companies", equalTo(3)); // not who was a former member by then
    on("2023-06-01").then().body("companies", equalTo(2));
    on("2024-01-01").then().body("companies", equalTo(3));
    on(today).then().body("companies", equalTo(2));
    given().get(PATH).then().body("companies", equalTo(2));
    assertThat(
            given()
                .get(
                    "/v1/statistics/companies?factory=objets-connectes&asOf=2023-05-31&format=json")
                .<List<Integer>>path("data.companies"))
        .containsExactly(3);
  }

  @Test
  void keepsWhoTookPartWhenLeadsWriteIt() {
    Editor lead = Editor.leadOf(Editor.CAPTEURS);
    for (String participants :
        List.of("[]", "[\"sante-connectee\"]", "[\"pixels-mediterranee\"]")) {
      lead.patchAt(PATH, "{\"participants\": " + participants + "}").then().statusCode(200);
    }

    on(yesterday).then().body("companies", equalTo(3));
    on(today).then().body("companies", equalTo(3));
    fixture.sql(
        "update membership set left_on = '2024-01-01' where company = '0190a000-0000-7000-8000-000000000005'");
    on(yesterday).then().body("companies", equalTo(2)); // was no member any more
    on(today).then().body("companies", equalTo(3));
  }

  @Test
  void isNotFoundOnADayBeforeIt() {
    Response absent = on("2022-04-06");
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(absent.<String>path("detail")).contains("2022-04-06", "was not there yet");
    on("2022-04-07").then().statusCode(200);
    given().get("/v1/factories/absente?asOf=2024-01-01").then().statusCode(404);
  }

  @Test
  void tellsWhatIsWrongWithADay() {
    for (String wrong : List.of(today.plusDays(1).toString(), "2024", "soon")) {
      Response refused = on(wrong);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.<List<String>>path("errors.parameter")).containsExactly("asOf");
    }
    team.request().get(PATH + "?asOf=2024-01-01&view=edit").then().statusCode(400);
    given().get("/v1/factories?asOf=2024-01-01").then().statusCode(400);
    given()
        .get(PATH + "?asOf=2024-01-01&fields=leads,status")
        .then()
        .statusCode(200)
        .body("keySet()", equalTo(new java.util.LinkedHashSet<>(List.of("status", "leads"))));
    given().get(PATH + "?asOf=2024-01-01&fields=initiatives").then().statusCode(400);
  }

  @Test
  void movesWithItsFormerSlug() {
    fixture.sql("update factory set slug = 'objets' where slug = 'objets-connectes'");
    Response moved = given().redirects().follow(false).get(PATH + "?asOf=2024-01-01");
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.header("Location")).endsWith("/v1/factories/objets?asOf=2024-01-01");
  }

  @Test
  void tellsWhoLeadsAndWhoHasLed() {
    team.patchAt(
            PATH,
            "{\"leads\": [{\"company\": \"capteurs-d-oc\"}, {\"company\": \"pixels-mediterranee\", \"since\": \"2025-03-01\"}]}")
        .then()
        .statusCode(200);
    Response leads = given().get(PATH + "/leads");

    assertThat(leads.statusCode()).isEqualTo(200);
    assertThat(Fixture.parsed(leads.asString()).path("data"))
        .isEqualTo(
            Fixture.parsed(
                """
                [{"company": {"id": "0190a000-0000-7000-8000-000000000004", "slug": "pixels-mediterranee", "name": "Pixels Méditerranée"},
                  "since": "2025-03-01", "until": null},
                 {"company": {"id": "0190a000-0000-7000-8000-000000000003", "slug": "finances-occitanes", "name": "Finances Occitanes"},
                  "since": "2023-01-10", "until": "2025-03-01"},
                 {"company": {"id": "0190a000-0000-7000-8000-000000000001", "slug": "capteurs-d-oc", "name": "Capteurs d'Oc"},
                  "since": "2022-04-07", "until": null}]
                """));
    assertThat(formerLeads()).containsExactly("0190a000-0000-7000-8000-000000000003");

    fixture.sql("update company set publication = 'archived' where slug = 'finances-occitanes'");
    assertThat(given().get(PATH + "/leads").<List<String>>path("data.company.slug"))
        .containsExactly("pixels-mediterranee", "capteurs-d-oc");
    assertThat(leads("2024-12-31")).containsExactly("capteurs-d-oc");
    assertThat(given().get("/v1/changes?types=factory").asString())
        .doesNotContain("000000000003", "formerLeads");
    given().get("/v1/factories/absente/leads").then().statusCode(404);
  }

  private static List<String> formerLeads() {
    return given()
        .get("/v1/changes?types=factory")
        .path("data.find { it.data.slug == 'objets-connectes' }.data.formerLeads.company");
  }

  @Test
  void aLeadOfNoDayIsNoFormerLead() {
    team.patchAt(
            PATH,
            "{\"leads\": [{\"company\": \"capteurs-d-oc\"}, {\"company\": \"pixels-mediterranee\"}]}")
        .then()
        .statusCode(200);
    team.patchAt(
            PATH,
            "{\"leads\": [{\"company\": \"capteurs-d-oc\"}, {\"company\": \"sante-connectee\"}]}")
        .then()
        .statusCode(200);

    assertThat(given().get(PATH + "/leads").<List<String>>path("data.company.slug"))
        .containsExactly("sante-connectee", "finances-occitanes", "capteurs-d-oc");
    assertThat(leads(today)).containsExactly("capteurs-d-oc", "sante-connectee");
  }
}
