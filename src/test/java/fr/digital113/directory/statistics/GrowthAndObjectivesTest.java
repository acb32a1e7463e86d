package fr.digital113.directory.statistics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the members became more and fewer, and what the cluster set out to reach. */
@QuarkusTest
class GrowthAndObjectivesTest {
  private static final String GROWTH = "/v1/statistics/growth";

  @Inject Fixture fixture;

  @BeforeEach
  void load() {
    fixture.load();
  }

  private static ValidatableResponse growth(String query) {
    return given().get(GROWTH + query).then().statusCode(200);
  }

  /** Joined 2012, 2013 (left 2018), 2015, 2016 (left 2020), twice 2021. */
  @Test
  void tellsWhoJoinedLeftAndWasThereOfEveryYear() {
    ValidatableResponse growth = growth("?period=year&format=json");

    growth
        .body("data.period[0]", equalTo("2012"))
        .body(
            "data.period[-1]",
            equalTo(Integer.toString(LocalDate.now(ZoneId.of("Europe/Paris")).getYear())))
        .body("data[0..9].joined", contains(1, 1, 0, 1, 1, 0, 0, 0, 0, 2))
        .body("data[0..9].left", contains(0, 0, 0, 0, 0, 0, 1, 0, 1, 0))
        .body("data[0..9].present", contains(1, 2, 2, 3, 4, 4, 3, 3, 2, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"month", "quarter", "year"})
  void agreesWithTheCountAtTheEndOfEachPeriod(String period) {
    List<String> periods = growth("?format=json&period=" + period).extract().path("data.period");
    List<Integer> present = growth("?format=json&period=" + period).extract().path("data.present");

    for (int i = 0; i < periods.size() - 1; i += Math.max(1, periods.size() / 12)) {
      Integer counted =
          given()
              .get("/v1/statistics/companies?format=json&asOf=" + end(periods.get(i)))
              .path("data.companies[0]");
      assertThat(present.get(i)).as(periods.get(i)).isEqualTo(counted);
    }
  }

  private static LocalDate end(String period) {
    if (period.contains("Q")) {
      int quarter = period.charAt(6) - '0';
      return LocalDate.of(Integer.parseInt(period.substring(0, 4)), 3 * quarter, 1)
          .plusMonths(1)
          .minusDays(1);
    }
    return period.length() == 4
        ? LocalDate.parse(period + "-12-31")
        : LocalDate.parse(period + "-01").plusMonths(1).minusDays(1);
  }

  @Test
  void tellsItByOneBreakdown() {
    growth("?by=departement&format=json")
        .body("data.find {it.period == '2021' && it.departement == '81'}.joined", equalTo(1))
        .body("data.find {it.period == '2021' && it.departement == '_T'}.joined", equalTo(2))
        .body("data.find {it.period == '2020' && it.departement == '30'}.left", equalTo(1));
    given().get(GROWTH + "?by=factory").then().statusCode(400);
    given().get(GROWTH + "?by=departement,sector").then().statusCode(400);
  }

  @Test
  void tellsTheTeamTheJobsOfEveryPeriodAndThePublicThoseOfVintages() {
    given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .get(GROWTH + "?measure=jobs&format=json")
        .then()
        .statusCode(200)
        .header("Cache-Control", "private, no-store")
        .body("data.find {it.period == '2016'}.jobs", equalTo(113))
        .body("data.find {it.period == '2021'}.jobs", equalTo(233));
  }

  @Test
  void tellsWhatWasReachedAtADeadlineThatHasPassed() {
    given()
        .get("/v1/statistics/objectives?format=json")
        .then()
        .statusCode(200)
        .body("data", hasSize(1))
        .body("data[0].objective", equalTo("members"))
        .body("data[0].baseline", equalTo(400))
        .body("data[0].target", equalTo(800))
        .body("data[0].current", equalTo(4))
        .body("data[0].atDeadline", equalTo(4))
        .body("data[0].pace", nullValue())
        .body("data[0].projection", nullValue());
  }

  @Test
  void tellsThePaceWhileADeadlineIsAhead() {
    fixture.sql(
        "update cluster set document = jsonb_set(jsonb_set(document, '{objectives,0,deadline}', to_jsonb(((now() at time zone 'Europe/Paris')::date + 365)::text)),"
            + " '{objectives,0,baselineOn}', to_jsonb(((now() at time zone 'Europe/Paris')::date - 365)::text))");
    try {
      given()
          .get("/v1/statistics/objectives?format=json")
          .then()
          .statusCode(200)
          .body("data[0].pace", equalTo(-396.0f))
          .body("data[0].neededPace", equalTo(796.0f))
          .body("data[0].projection", equalTo(-392))
          .body("data[0].atDeadline", nullValue());
    } finally {
      fixture.sql(
          "update cluster set document = jsonb_set(jsonb_set(document, '{objectives,0,deadline}', '\"2022-02-05\"'),"
              + " '{objectives,0,baselineOn}', '\"2019-02-05\"')");
    }
  }

  @Test
  void listsEveryDatasetInTheCatalogue() {
    given()
        .get("/v1/statistics")
        .then()
        .statusCode(200)
        .body("datasets.id", contains("companies", "growth", "objectives", "factories"))
        .body("datasets[0].jobsBy[1]", contains("departement"));
    List<String> examples =
        given().get("/v1/statistics").path("datasets.collect {it.examples}.flatten()");
    examples.stream()
        .filter(each -> !each.contains("jobs"))
        .forEach(each -> given().urlEncodingEnabled(false).get(each).then().statusCode(200));
  }
}
