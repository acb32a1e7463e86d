package fr.digital113.directory.cluster;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.IndexCheck;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of the cluster of a past day, of today, and of what the day alone changes. */
@QuarkusTest
class ClusterOfADayTest {
  private static final String CLUSTER = "/v1/cluster";

  /** Pierre Deniset until the end of June 2023, then somebody who has agreed to be named. */
  private static final String ANOTHER_PRESIDENT =
      """
      {"governance": [
        {"name": "Daniel Benchimol", "role": {"code": "co-president", "label": {"fr": "Coprésident", "en": "Co-president"}},
          "since": "2019-02-05"},
        {"name": "Pierre Deniset", "role": {"code": "co-president", "label": {"fr": "Coprésident", "en": "Co-president"}},
          "since": "2019-02-05", "until": "2023-07-01"},
        {"name": "Camille Exemple", "role": {"code": "co-president", "label": {"fr": "Coprésidente", "en": "Co-president"}},
          "since": "2023-07-01", "consentedOn": "2023-06-15"%s}]}
      """;

  private final LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject DirectoryIndex index;
  @Inject IndexCheck check;

  private String before = "";

  @BeforeEach
  void keepTheFacts() {
    fixture.load();
    before =
        jdbi.withHandle(
            database ->
                database.select("select document::text from cluster").mapTo(String.class).one());
  }

  @AfterEach
  void putTheFactsBack() {
    fixture.sql("update cluster set document = ?::jsonb", before);
  }

  private static ValidatableResponse on(Object day) {
    return given()
        .header("Accept-Language", "en")
        .queryParam("asOf", day.toString())
        .get(CLUSTER)
        .then()
        .statusCode(200)
        .body("asOf", equalTo(day.toString()));
  }

  private static ValidatableResponse now() {
    return given().header("Accept-Language", "en").get(CLUSTER).then().statusCode(200);
  }

  private void patch(String body) {
    Response patched = team.patchAt(CLUSTER, body);
    assertThat(patched.statusCode()).as(patched.asString()).isEqualTo(200);
  }

  @Test
  void namesWhoGovernedOnTheDay() {
    patch(ANOTHER_PRESIDENT.formatted(""));

    on("2023-06-30")
        .body("governance.name", contains("Daniel Benchimol", "Pierre Deniset"))
        .body("governance[1].until", equalTo("2023-07-01"));
    on("2023-07-01")
        .body("governance.name", contains("Daniel Benchimol", "Camille Exemple"))
        .body(not(containsString("consentedOn")));
    now()
        .body("governance.name", contains("Daniel Benchimol", "Camille Exemple"))
        .body("governance.since", contains("2019-02-05", "2023-07-01"))
        .body(not(containsString("consentedOn")));
    team.readAt(CLUSTER)
        .then()
        .body("governance.name", contains("Daniel Benchimol", "Pierre Deniset", "Camille Exemple"))
        .body("governance[2].consentedOn", equalTo("2023-06-15"));
  }

  @Test
  void tellsOfToday() {
    patch(ANOTHER_PRESIDENT.formatted(""));

    ObjectNode day = (ObjectNode) Fixture.parsed(on(today).extract().asString());
    ObjectNode now = (ObjectNode) Fixture.parsed(now().extract().asString());

    day.remove("asOf");
    now.remove(List.of("updatedAt", "revision"));
    assertThat(day).isEqualTo(now);
  }

  @Test
  void hadPredecessorsAndNobodyWhoGovernsBeforeTheLaunch() {
    on("2010-12-31").body("predecessors", empty()).body("history", empty());
    on("2014-06-01")
        .body("predecessors.code", contains("digitalplace"))
        .body("predecessors[0].merger", nullValue());
    on("2016-06-30")
        .body("name", equalTo("Digital113"))
        .body("predecessors.name", contains("DigitalPlace", "FrenchSouth.digital"))
        .body("predecessors.merger.agreementDate", contains("2015", "2015"))
        .body("predecessors[0].merger.date", nullValue())
        .body(
            "history.code",
            contains(
                "digitalplace-founded", "frenchsouth-digital-founded", "first-merger-agreement"))
        .body("governance", empty())
        .body("offices", empty())
        .body("funders", empty())
        .body("objectives", empty())
        .body("means", nullValue())
        .body("launch", nullValue());
    on("2019-02-04").body("governance", empty()).body("membersAtLaunch", nullValue());
    on("2019-02-05")
        .body("governance.name", contains("Daniel Benchimol", "Pierre Deniset"))
        .body("predecessors.merger.date", contains("2019-02-05", "2019-02-05"))
        .body("launch.date", equalTo("2019-02-05"))
        .body("history.code[-1]", equalTo("launch"))
        .body("means.permanentStaff.value", equalTo(11))
        .body("means.annualBudget.value", equalTo(1200000));
  }

  @Test
  void hadTheMeansOfTheLastYearThatHadBegun() {
    patch(
        """
        {"means": {"years": [{"year": 2019, "permanentStaff": 11, "annualBudget": {"value": 1200000, "currency": "EUR"}},
          {"year": 2022, "annualBudget": {"value": 1500000, "currency": "EUR"}},
          {"year": %d, "permanentStaff": 20}]}}
        """
            .formatted(today.getYear() + 1));

    on("2021-12-31")
        .body("means.annualBudget.value", equalTo(1200000))
        .body("means.annualBudget.asOf", equalTo("2019"))
        .body("means.years.year", contains(2019));
    on("2022-01-01")
        .body("means.annualBudget.value", equalTo(1500000))
        .body("means.permanentStaff.value", equalTo(11))
        .body("means.permanentStaff.asOf", equalTo("2019"))
        .body("means.years.year", contains(2019, 2022));
    now().body("means.years.year", contains(2019, 2022));
  }

  @Test
  void hadTheFundersAndOfficesOfTheDay() {
    patch(
        """
        {"funders": [
           {"name": "Une métropole", "territory": {"code": "243100518"}, "since": "2019-02-05", "until": "2022",
            "years": [{"year": 2020, "amount": {"value": 50000, "currency": "EUR"}},
                      {"year": 2021, "amount": {"value": 60000, "currency": "EUR"}}]},
           {"name": "Région Occitanie", "territory": {"code": "76"}}],
         "offices": [
           {"kind": "head_office", "label": {"fr": "Siège", "en": "Head office"}, "place": {"code": "31555"}, "until": "2024-03"},
           {"kind": "head_office", "label": {"fr": "Siège", "en": "Head office"}, "place": {"code": "34172"}, "since": "2024-03"}]}
        """);

    on("2020-12-31")
        .body("funders.name", contains("Une métropole", "Région Occitanie"))
        .body("funders[0].years.year", contains(2020));
    on("2021-12-31").body("funders[0].years.amount.value", contains(50000, 60000));
    on("2022-01-01").body("funders.name", contains("Région Occitanie"));
    on("2024-02-29").body("offices.place.name", contains("Toulouse"));
    on("2024-03-01").body("offices.place.name", contains("Montpellier"));
    now().body("funders.name", contains("Région Occitanie"));
    on("2019-02-04").body("funders", empty()); // what has no first day is there from the launch on
  }

  @Test
  void hadTheObjectiveOfTheDay() {
    String objective =
        """
        {"code": "members", "label": {"fr": "x", "en": "%s"}, "unit": {"fr": "x", "en": "x"}, "baseline": %d,
         "baselineOn": "%s", "target": 800, "deadline": "2030", "since": "%3$s"%s}
        """;
    patch(
        "{\"objectives\": [%s, %s]}"
            .formatted(
                objective.formatted("first", 400, "2019-02-05", ", \"until\": \"2022-02-06\""),
                objective.formatted("second", 500, "2022-02-06", "")));

    on("2022-02-05").body("objectives.label", contains("first"));
    on("2022-02-06").body("objectives.label", contains("second"));
    now().body("objectives.baseline", contains(500));
    given()
        .get("/v1/statistics/objectives?format=json")
        .then()
        .statusCode(200)
        .body("data.baseline", contains(500));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2019-02-05",
        "2020-06-29",
        "2020-06-30",
        "2021-08-31",
        "2021-09-01",
        "2026-01-01"
      })
  void countsTheMembersOfTheDayAsTheStatisticsDo(String day) {
    Integer counted =
        given().get("/v1/statistics/companies?format=json&asOf=" + day).path("data.companies[0]");

    on(day).body("objectives.current", contains(counted));
  }

  @ParameterizedTest
  @CsvSource({
    "asOf=2999-01-01, asOf in_the_future",
    "asOf=2019-02-30, asOf invalid_date",
    "asOf=2019, asOf invalid_date",
    "view=edit&asOf=2019-06-01, asOf contradiction",
    "on=2019-06-01, on unknown_parameter"
  })
  void refusesWhatIsNoDayOfThePast(String query, String mistake) {
    Response refused = team.request().get(CLUSTER + "?" + query);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.<List<String>>path("errors.collect { it.parameter + ' ' + it.code }"))
        .containsExactly(mistake);
  }

  /** What the public of today does not see moves what it is told of a day before. */
  @Test
  void hasAnETagThatMovesWithThePast() {
    patch(ANOTHER_PRESIDENT.formatted(""));
    Response past = on("2023-06-30").extract().response();
    Response current = now().extract().response();
    String etag = past.header("ETag");
    assertThat(past.header("Cache-Control")).startsWith("public, max-age=60");
    given()
        .header("Accept-Language", "en")
        .header("If-None-Match", etag)
        .get(CLUSTER + "?asOf=2023-06-30")
        .then()
        .statusCode(304);

    patch(
        ANOTHER_PRESIDENT
            .formatted("")
            .replace("\"until\": \"2023-07-01\"", "\"until\": \"2023-06-01\""));

    given()
        .header("Accept-Language", "en")
        .header("If-None-Match", etag)
        .get(CLUSTER + "?asOf=2023-06-30")
        .then()
        .statusCode(200)
        .body("governance.name", contains("Daniel Benchimol"));
    now().header("ETag", equalTo(current.header("ETag")));
  }

  /** All that was of tomorrow becomes of today, without a write that the log would see. */
  private void aDayPasses() {
    jdbi.useHandle(
        database -> {
          database.execute("alter table cluster disable trigger log_update");
          database.execute(
              "update cluster set document = replace(document::text, ?, ?)::jsonb",
              today.plusDays(1).toString(),
              today.toString());
          database.execute("alter table cluster enable always trigger log_update");
          database.execute("call apply_due_memberships()");
          database.execute("call apply_due_cluster()");
        });
  }

  @Test
  void whatBeginsAndEndsWithTheDayIsToldWhenItComes() {
    patch(
        ANOTHER_PRESIDENT
            .replace("2023-07-01", today.plusDays(1).toString())
            .formatted(", \"until\": \"" + today.plusDays(400) + "\""));
    now().body("governance.name", contains("Daniel Benchimol", "Pierre Deniset"));
    String delta = given().get("/v1/changes?types=cluster").path("delta");
    assertThat(delta).startsWith("/v1/changes?");

    aDayPasses();
    index.catchUp();

    now()
        .body("governance.name", contains("Daniel Benchimol", "Camille Exemple"))
        .body(not(containsString("consentedOn")));
    given()
        .urlEncodingEnabled(false)
        .get(delta)
        .then()
        .statusCode(200)
        .body("data.type", contains("cluster"))
        .body("data[0].data.governance.name", contains("Daniel Benchimol", "Camille Exemple"));
    assertThat(check.compare().differences()).isEmpty();
  }
}
