package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the team writes the cluster's facts. */
@QuarkusTest
class ClusterWriteTest {
  private static final String CLUSTER = "/v1/cluster";
  private static final String OFFICER =
      """
      {"governance": [{"name": "%s", "role": {"code": "president", "label": {"fr": "Présidence", "en": "President"}},
        "since": "2026-01"%s}]}
      """;

  private final LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  private String before = "";

  @BeforeEach
  void keepTheFacts() {
    before =
        jdbi.withHandle(
            database ->
                database.select("select document::text from cluster").mapTo(String.class).one());
  }

  @AfterEach
  void putTheFactsBack() {
    fixture.sql("update cluster set name = 'Digital113', document = ?::jsonb", before);
  }

  private static List<String> mistakes(Response refused) {
    assertThat(refused.statusCode()).isEqualTo(422);
    return refused.path("errors.collect { it.pointer + ' ' + it.code }");
  }

  @Test
  void puttingBackEverythingThatWasReadChangesNothing() {
    Response read = team.readAt(CLUSTER);

    Response patched = team.patchAt(CLUSTER, read.header("ETag"), read.asString());

    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(patched.header("ETag")).isEqualTo(read.header("ETag"));
    assertThat(Fixture.parsed(patched.asString())).isEqualTo(Fixture.parsed(read.asString()));
  }

  /** Each fact goes through its rule: with another one beside it, all that ships is taken. */
  @Test
  void everythingThatShipsFollowsTheRules() {
    fixture.sql(
        "update cluster set document = jsonb_build_object('dataSources', document -> 'dataSources', 'referenceFigures', document -> 'referenceFigures', 'governance', (select jsonb_agg(jsonb_build_object('name', o -> 'name')) from jsonb_array_elements(document -> 'governance') o))");

    Response patched = team.patchAt(CLUSTER, "*", before);

    assertThat(patched.statusCode()).as(patched.asString()).isEqualTo(200);
    assertThat(
            Fixture.parsed(
                jdbi.withHandle(
                    database ->
                        database
                            .select("select document::text from cluster")
                            .mapTo(String.class)
                            .one())))
        .isEqualTo(Fixture.parsed(before));
  }

  @Test
  void objectsAreMergedAndListsReplaced() {
    Response patched =
        team.patchAt(
            CLUSTER,
            """
            {"name": "Digital 113", "means": {"permanentStaff": {"value": 12, "asOf": "2026"}},
             "offices": [{"kind": "head_office", "label": {"fr": "Siège", "en": "Head office"}, "place": {"code": "34172"}}],
             "strengths": [{"place": {"code": "31555"}, "sectors": [{"slug": "edtech"}, {"slug": "iot", "label": {"fr": "IdO", "en": "IoT"}}]}],
             "referenceFigures": [{"code": "workforce", "label": {"fr": "Effectifs", "en": "Workforce"},
               "value": 52000.5, "date": "2019-06", "source": "A study"}]}
            """);

    patched
        .then()
        .statusCode(200)
        .body("name", equalTo("Digital 113"))
        .body("means.permanentStaff.value", equalTo(12))
        .body("means.annualBudget.value", equalTo(1200000))
        .body("offices.place.name", contains("Montpellier"))
        .body("strengths[0].sectors.label.en", contains("EdTech", "IoT"));
    given()
        .header("Accept-Language", "en")
        .get(CLUSTER)
        .then()
        .statusCode(200)
        .body("name", equalTo("Digital 113"))
        .body("offices", hasSize(1))
        .body("offices[0].place.level", equalTo("commune"))
        .body("referenceFigures[0].label", equalTo("Workforce"))
        .body("referenceFigures[0].value", equalTo(52000.5f))
        .body("revision", equalTo(Integer.valueOf(patched.header("Directory-Revision"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name": null}                                        | /name                            | required
          {"name": "<b>x"}                                      | /name                            | html
          {"slug": "autre"}                                     | /slug                            | read_only
          {"dataSources": []}                                   | /dataSources                     | read_only
          {"nameOrigin": "x"}                                   | /nameOrigin                      | wrong_type
          {"nameOrigin": {"en": null}}                          | /nameOrigin/en                   | required
          {"nameOrigin": {"de": "x"}}                           | /nameOrigin/de                   | unknown_member
          {"description": {"fr": "<script>"}}                   | /description/fr                  | html
          {"areaServed": {"code": "99999"}}                     | /areaServed/code                 | unknown_territory
          {"areaServed": null}                                  | /areaServed                      | required
          {"launch": {"date": "2019-02-30"}}                    | /launch/date                     | invalid_date
          {"launch": {"date": "0000-01-01"}}                    | /launch/date                     | out_of_range
          {"means": {"permanentStaff": {"valeu": 99}}}          | /means/permanentStaff/valeu      | unknown_member
          {"areaServed": {"code": "31", "naem": "x"}}           | /areaServed/naem                 | unknown_member
          {"otherSectors": [{"slug": "iot", "sulg": "x"}]}      | /otherSectors/0/sulg             | unknown_member
          {"history": [{"code": "a", "date": "0000", "description": {"fr": "x", "en": "x"}}]} | /history/0/date | invalid_date
          {"description": {"fr": "a\\u202Eb"}}                  | /description/fr                  | control_character
          {"launch": {"places": {}}}                            | /launch/places                   | wrong_type
          {"launch": {"places": [{"name": "Toulouse"}]}}        | /launch/places/0/code            | required
          {"launch": {"guests": 400}}                           | /launch/guests                   | unknown_member
          {"launch": {"guests": null}}                          | /launch/guests                   | unknown_member
          {"history": [1]}                                      | /history/0                       | wrong_type
          {"history": [{"code": "a", "date": "2019-13", "description": {"fr": "x", "en": "x"}}]} | /history/0/date | invalid_date
          {"offices": [{"kind": "hut", "label": {"fr": "x", "en": "x"}, "place": {"code": "76"}}]} | /offices/0/kind | unknown_value
          {"means": {"annualBudget": {"currency": "FRF1"}}}     | /means/annualBudget/currency     | unknown_currency
          {"means": {"annualBudget": {"value": -1}}}            | /means/annualBudget/value        | out_of_range
          {"means": {"annualBudget": null}}                     | /means/annualBudget              | required
          {"membersAtLaunch": {"jobs": {"approximate": "yes"}}} | /membersAtLaunch/jobs/approximate | wrong_type
          {"otherSectors": [{"slug": "nowhere"}]}               | /otherSectors/0/slug             | unknown_sector
          {"otherSectors": [{"slug": "iot"}, {"slug": "iot"}]}  | /otherSectors/1/slug             | repeated
          {"licence": {"url": "javascript:alert(1)"}}           | /licence/url                     | invalid_url
          {"objectives": [{"code": "members"}]}                 | /objectives/0/label              | required
          {"referenceFigures": [{"code": "a", "label": {"fr": "x", "en": "x"}, "value": 1, "date": "2019"}]} | /referenceFigures/0/source | required
          {"partners": []}                                      | /partners                        | unknown_member
          """)
  void nothingMalformedIsTaken(String body, String pointer, String code) {
    String etag = team.readAt(CLUSTER).header("ETag");

    assertThat(mistakes(team.patchAt(CLUSTER, etag, body))).contains(pointer + " " + code);
    assertThat(team.readAt(CLUSTER).header("ETag")).isEqualTo(etag);
  }

  @Test
  void anOfficerIsNamedAsThePublishedFactsDoOrWithConsent() {
    assertThat(mistakes(team.patchAt(CLUSTER, OFFICER.formatted("Camille Exemple", ""))))
        .containsExactly("/governance/0/consentedOn consent_required");
    assertThat(
            mistakes(
                team.patchAt(
                    CLUSTER,
                    OFFICER.formatted(
                        "Camille Exemple", ", \"consentedOn\": \"" + today.plusDays(1) + "\""))))
        .containsExactly("/governance/0/consentedOn in_the_future");
    assertThat(
            mistakes(
                team.patchAt(
                    CLUSTER, OFFICER.formatted("Camille Exemple", ", \"consentedOn\": \"2026\""))))
        .containsExactly(
            "/governance/0/consentedOn invalid_date", "/governance/0/consentedOn consent_required");
    assertThat(
            mistakes(
                team.patchAt(
                    CLUSTER,
                    OFFICER.formatted("Camille Exemple", ", \"consentedOn\": \"0000-01-01\""))))
        .contains("/governance/0/consentedOn out_of_range");
    team.patchAt(CLUSTER, OFFICER.formatted("Pierre Deniset", "")).then().statusCode(200);
  }

  /** As after an erasure: what the program ships brings nobody back. */
  @Test
  void anOfficerWhoIsNamedNoMoreNeedsConsent() {
    fixture.sql("update cluster set document = document || '{\"governance\": []}'");

    assertThat(mistakes(team.patchAt(CLUSTER, OFFICER.formatted("Pierre Deniset", ""))))
        .containsExactly("/governance/0/consentedOn consent_required");
    team.patchAt(CLUSTER, OFFICER.formatted("Pierre Deniset", ", \"consentedOn\": \"2026-01-15\""))
        .then()
        .statusCode(200);
    assertThat(mistakes(team.patchAt(CLUSTER, OFFICER.formatted("Pierre Deniset", ""))))
        .containsExactly("/governance/0/consentedOn consent_required");
  }

  @Test
  void theDayOfTheConsentIsForTheTeamAlone() {
    team.patchAt(CLUSTER, OFFICER.formatted("Camille Exemple", ", \"consentedOn\": \"2026-01-15\""))
        .then()
        .statusCode(200)
        .body("governance[0].consentedOn", equalTo("2026-01-15"));

    given()
        .get(CLUSTER)
        .then()
        .statusCode(200)
        .body("governance.name", contains("Camille Exemple"))
        .body(not(containsString("consentedOn")));
    long shown =
        jdbi.withHandle(
            database ->
                database
                    .select(
                        "select count(*) from public_change where document::text like '%consentedOn%'")
                    .mapTo(Long.class)
                    .one());
    assertThat(shown).isZero();
  }

  @Test
  void anEditNeedsTheVersionThatItWasMadeUpon() {
    String etag = team.readAt(CLUSTER).header("ETag");

    team.request().body("{}").patch(CLUSTER).then().statusCode(428);
    team.patchAt(CLUSTER, etag, "{\"name\": \"Un\"}").then().statusCode(200);
    team.patchAt(CLUSTER, etag, "{\"name\": \"Deux\"}").then().statusCode(412);
    given().get(CLUSTER).then().body("name", equalTo("Un"));
    given().queryParam("view", "edit").get(CLUSTER).then().statusCode(401);
  }
}
