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
          {"launch": {"date": "2999-01-01"}}                    | /launch/date                     | in_the_future
          {"means": {"years": null}}                            | /means/years                     | required
          {"means": {"years": [{"year": 2020}]}}                | /means/years/0/permanentStaff    | required
          {"means": {"years": [{"year": 2020, "permanentStaff": 9}]}} | /means/years               | required
          {"means": {"years": [{"year": 1066, "permanentStaff": 9}]}} | /means/years/0/year        | out_of_range
          {"means": {"years": [{"year": 2999, "permanentStaff": 9}]}} | /means/years/0/year        | out_of_range
          {"means": {"years": [{"year": 2020, "permanentStaff": 9}, {"year": 2020, "permanentStaff": 8}]}} | /means/years/1/year | repeated
          {"means": {"years": [{"year": 2020, "annualBudget": {"value": 1}}]}} | /means/years/0/annualBudget/currency | required
          {"means": {"years": [{"year": 2020, "permanentStaff": 9, "annualBudget": {"value": 1, "currency": "EUR"}}], "permanentStaff": {"value": 8}}} | /means/permanentStaff | contradiction
          {"means": {"permanentStaff": {"value": 12, "asOf": "2999"}}} | /means/permanentStaff/asOf | out_of_range
          {"offices": [{"kind": "head_office", "label": {"fr": "x", "en": "x"}, "place": {"code": "76"}, "since": "2021-13"}]} | /offices/0/since | invalid_date
          {"offices": [{"kind": "head_office", "label": {"fr": "x", "en": "x"}, "place": {"code": "76"}, "since": "2021-02", "until": "2021"}]} | /offices/0/until | until_before_since
          {"offices": [{"kind": "head_office", "label": {"fr": "x", "en": "x"}, "place": {"code": "76"}}, {"kind": "head_office", "label": {"fr": "x", "en": "x"}, "place": {"code": "31555"}, "since": "2022"}]} | /offices/1/since | overlapping_period
          {"funders": [{"name": "A", "territory": {"code": "76"}, "until": "2021"}, {"name": "A", "territory": {"code": "76"}, "since": "2020-12-31"}]} | /funders/1/since | overlapping_period
          {"funders": [{"name": "A", "territory": {"code": "76"}, "years": [{"year": 2020}]}]} | /funders/0/years/0/amount | required
          {"funders": [{"name": "A", "territory": {"code": "76"}, "until": "2021", "years": [{"year": 2021, "amount": {"value": 1, "currency": "EUR"}}]}]} | /funders/0/years/0/year | out_of_period
          {"objectives": [{"code": "a", "label": {"fr": "x", "en": "x"}, "unit": {"fr": "x", "en": "x"}, "baseline": 1, "baselineOn": "2022", "target": 2, "deadline": "2021"}]} | /objectives/0/deadline | out_of_order
          {"predecessors": [{"code": "a", "name": "A", "place": {"code": "76"}, "foundingDate": "2011", "dissolutionDate": "2010-12"}]} | /predecessors/0/dissolutionDate | out_of_order
          {"predecessors": [{"code": "a", "name": "A", "place": {"code": "76"}, "foundingDate": "2011", "merger": {"into": "a", "date": "2019"}}]} | /predecessors/0/merger/into | unknown_value
          {"predecessors": [{"code": "a", "name": "A", "place": {"code": "76"}, "foundingDate": "2011", "merger": {"into": "digital113"}}]} | /predecessors/0/merger/date | required
          {"predecessors": [{"code": "a", "name": "A", "place": {"code": "76"}, "foundingDate": "2011", "merger": {"into": "digital113", "agreementDate": "2019", "date": "2018"}}]} | /predecessors/0/merger/date | out_of_order
          """)
  void nothingMalformedIsTaken(String body, String pointer, String code) {
    String etag = team.readAt(CLUSTER).header("ETag");

    assertThat(mistakes(team.patchAt(CLUSTER, etag, body))).contains(pointer + " " + code);
    assertThat(team.readAt(CLUSTER).header("ETag")).isEqualTo(etag);
  }

  /** One thing is written, the years; what is shown of now follows from them. */
  @Test
  void theMeansOfNowFollowFromTheYears() {
    team.patchAt(
            CLUSTER,
            """
            {"means": {"years": [{"year": 2022, "annualBudget": {"value": 1500000, "currency": "EUR"}},
              {"year": 2019, "permanentStaff": 11, "annualBudget": {"value": 1200000, "currency": "EUR"}},
              {"year": %d, "permanentStaff": 20}]}}
            """
                .formatted(today.getYear() + 1))
        .then()
        .statusCode(200)
        .body("means.years.year", contains(2019, 2022, today.getYear() + 1))
        .body("means.permanentStaff.value", equalTo(11))
        .body("means.permanentStaff.asOf", equalTo("2019"))
        .body("means.annualBudget.value", equalTo(1500000))
        .body("means.annualBudget.asOf", equalTo("2022"));
    given()
        .get(CLUSTER)
        .then()
        .body("means.years.year", contains(2019, 2022))
        .body("means.permanentStaff.value", equalTo(11))
        .body("means.annualBudget.value", equalTo(1500000));
  }

  /** As before there were years. */
  @Test
  void aFigureOfTheMeansIsWrittenIntoItsYear() {
    team.patchAt(
            CLUSTER, "{\"means\": {\"permanentStaff\": {\"value\": 12, \"asOf\": \"2026-03\"}}}")
        .then()
        .statusCode(200)
        .body("means.permanentStaff.asOf", equalTo("2026"))
        .body("means.years.year", contains(2019, 2026))
        .body("means.years.permanentStaff", contains(11, 12));
    team.patchAt(CLUSTER, "{\"means\": {\"annualBudget\": {\"value\": 1300000}}}")
        .then()
        .statusCode(200)
        .body("means.years[0].annualBudget.value", equalTo(1300000))
        .body("means.years[0].annualBudget.currency", equalTo("EUR"));
    List<String> kept =
        jdbi.withHandle(
            database ->
                database
                    .select("select jsonb_object_keys(document -> 'means') from cluster")
                    .mapTo(String.class)
                    .list());
    assertThat(kept).containsExactly("years");
  }

  @Test
  void theTermsOfOneOfficerFollowEachOther() {
    String term =
        """
        {"name": "Pierre Deniset", "role": {"code": "%s", "label": {"fr": "x", "en": "x"}}, "since": "%s"%s}
        """;
    String first = term.formatted("president", "2019-02-05", ", \"until\": \"2023-07-01\"");

    assertThat(
            mistakes(
                team.patchAt(
                    CLUSTER,
                    "{\"governance\": [%s, %s]}"
                        .formatted(first, term.formatted("president", "2023-06", "")))))
        .containsExactly("/governance/1/since overlapping_period");
    assertThat(
            mistakes(
                team.patchAt(
                    CLUSTER,
                    "{\"governance\": [%s]}"
                        .formatted(
                            term.formatted(
                                "president", "2023-07-01", ", \"until\": \"2023-07\"")))))
        .containsExactly("/governance/0/until until_before_since");
    team.patchAt(
            CLUSTER,
            "{\"governance\": [%s, %s, %s]}"
                .formatted(
                    first,
                    term.formatted("president", "2023-07", ""),
                    term.formatted("treasurer", "2020", "")))
        .then()
        .statusCode(200);
    given()
        .get(CLUSTER)
        .then()
        .body("governance.role.code", contains("president", "treasurer"))
        .body("governance.since", contains("2023-07", "2020"));
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
