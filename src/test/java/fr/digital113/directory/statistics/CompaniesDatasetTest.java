package fr.digital113.directory.statistics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.values.Moments;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Companies and jobs, as the public and as the team see them. */
@QuarkusTest
class CompaniesDatasetTest {
  private static final String COMPANIES = "/v1/statistics/companies";

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @BeforeEach
  void load() {
    fixture.load();
  }

  private static ValidatableResponse asked(String query) {
    return given().get(COMPANIES + query).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {COMPANIES + "?measure=jobs", "/v1/statistics/growth?measure=jobs"})
  void tellsTheTeamOfAHeadcountThatChangedWhereNothingPublicDid(String path) {
    String tag = team(path, "\"none\"").extract().header("ETag");
    team(path, tag).statusCode(304);

    fixture.sql("update company set headcount = headcount + 1");

    team(path, tag).statusCode(200);
  }

  private static ValidatableResponse team(String path, String tag) {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .header("If-None-Match", tag)
        .get(path)
        .then();
  }

  @Test
  void countsTheMembersAsOneFigureInJsonStat() {
    asked("")
        .contentType("application/json")
        .body("class", equalTo("dataset"))
        .body("version", equalTo("2.0"))
        .body("id", contains("measure"))
        .body("value", contains(4))
        .body("source", equalTo("Digital113"));
  }

  @Test
  void countsACompanyInEachOfItsSectorsAndOnceInTheTotal() {
    List<String> codes =
        asked("?by=sector&lang=en").extract().path("dimension.sector.category.index");
    List<Integer> values = asked("?by=sector").extract().path("value");

    assertThat(values.get(codes.indexOf("_T"))).isEqualTo(4);
    assertThat(values.get(codes.indexOf("iot"))).isEqualTo(2);
    assertThat(values.get(codes.indexOf("fintech"))).isEqualTo(1);
    assertThat(values.get(codes.indexOf("agritech"))).isZero();
    asked("?by=sector&lang=en").body("note", hasItem(startsWith("A company counts in each")));
  }

  @Test
  void takesEveryFilterOfTheList() {
    asked("?sector=iot&hiring=true&exportMarket=DE").body("value", contains(2));
    asked("?membership=any").body("value", contains(6));
    asked("?q=vignes").body("value", contains(1));
    asked("?near=43.6,1.44&radius=5").body("value", contains(1));
  }

  @Test
  void tellsThePastFromTheHistory() {
    asked("?asOf=2019-01-01&format=json").body("data.companies", contains(3));
    asked("?asOf=2011-01-01&format=json").body("data.companies", contains(0));
    asked("?asOf=2019-01-01&by=membership&membership=any&format=json")
        .body("data.find {it.membership == 'member'}.companies", equalTo(3))
        .body("asOf", equalTo("2019-01-01"));
  }

  /** The archived one was a member until 2018. */
  @Test
  void keepsInThePastWhoIsArchivedToday() {
    asked("?asOf=2017-06-01&format=json").body("data.companies", contains(4));
    asked("?format=json").body("data.companies", contains(4));
  }

  @Test
  void crossesThreeDimensions() {
    asked("?by=departement,sector,sizeClass&format=json")
        .body(
            "data.find {it.departement == '31' && it.sector == 'iot' && it.sizeClass == '_T'}.companies",
            equalTo(2))
        .body(
            "data.find {it.departement == '_T' && it.sector == '_T' && it.sizeClass == '_T'}.companies",
            equalTo(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?by=planet | by | unknown_value",
        "?by=sector,sector | by | repeated_value",
        "?by=region,sector,origin,factory | by | too_many_values",
        "?measure=turnover | measure | unknown_value",
        "?asOf=2999-01-01 | asOf | in_the_future",
        "?asOf=yesterday | asOf | invalid_date",
        "?by=epci,sector,factory&measure=companies,companies | measure | repeated_value",
        "?measure=jobs&by=factory | by | no_official_table",
        "?measure=jobs&by=epci,sector | by | no_official_table",
        "?measure=jobs&sector=iot | sector | not_with_jobs",
        "?measure=jobs&q=oc | q | not_with_jobs",
        "?layout=pivot | layout | contradiction",
      })
  void saysWhatIsWrongWithAQuestion(String query, String parameter, String code) {
    given()
        .get(COMPANIES + query)
        .then()
        .statusCode(400)
        .body("errors.parameter", hasItem(parameter))
        .body("errors.code", hasItem(code));
  }

  @Test
  void hasNoJobsForThePublicBeforeAVintageIsPublished() {
    fixture.sql("alter table vintage disable trigger keep_vintage");
    fixture.sql("delete from vintage");
    fixture.sql("alter table vintage enable always trigger keep_vintage");

    given().get(COMPANIES + "?measure=jobs").then().statusCode(404);
  }

  @Test
  void tellsTheTeamAllJobsLiveAndNotesIt() {
    long before = reads();
    given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .get(COMPANIES + "?measure=companies,jobs,jobsShare&sector=iot&format=json")
        .then()
        .statusCode(200)
        .header("Cache-Control", "private, no-store")
        .body("data.companies", contains(2))
        .body("data.jobs", contains(157))
        .body("data.jobsShare", contains(nullValue()));

    assertThat(reads()).isEqualTo(before + 1);
  }

  private long reads() {
    return jdbi.withHandle(
        database ->
            database.createQuery("select count(*) from confidential_read").mapTo(Long.class).one());
  }

  @Test
  void movesNothingThatThePublicSeesWithAHeadcount() {
    String before = given().get(COMPANIES + "?by=sizeClass").asString();
    String tag = given().get(COMPANIES + "?by=sizeClass").header("ETag");

    fixture.sql("update company set headcount = 38 where slug = 'capteurs-d-oc'");

    assertThat(given().get(COMPANIES + "?by=sizeClass").asString()).isEqualTo(before);
    given().header("If-None-Match", tag).get(COMPANIES + "?by=sizeClass").then().statusCode(304);
  }

  @Test
  void takesTodayForNow() {
    String today = LocalDate.now(Moments.ZONE).toString();

    asked("?asOf=" + today + "&format=json")
        .body("data.companies", contains(4))
        .body("asOf", equalTo(today));
  }
}
