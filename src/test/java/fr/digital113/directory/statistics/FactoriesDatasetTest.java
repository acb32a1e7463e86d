package fr.digital113.directory.statistics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Working groups, who takes part, and what they do, on any day. */
@QuarkusTest
class FactoriesDatasetTest {
  private static final String FACTORY = "0190a000-0000-7000-8000-0000000000f1";
  private static final String COMPANY = "0190a000-0000-7000-8000-000000000004";

  @Inject Fixture fixture;

  @BeforeEach
  void load() {
    fixture.load();
  }

  private static ValidatableResponse figures(String query) {
    return given().get("/v1/statistics/factories?format=json" + query).then().statusCode(200);
  }

  /** f1 is led by 1 and 3, and 5 takes part; f3 is led by 4, and 1 takes part; f2 has nobody. */
  @Test
  void countsGroupsAndDistinctCompanies() {
    figures("&by=factory&measure=groups,companies")
        .body(
            "data.factory",
            contains("_T", "edition-responsable", "jeux-serieux", "objets-connectes"))
        .body("data.groups", contains(3, 1, 1, 1))
        .body("data.companies", contains(4, 0, 2, 3));
    figures("&by=sector&measure=groups,companies")
        .body("data.find { it.sector == 'edtech' }.companies", equalTo(2))
        .body("data.find { it.sector == 'iot' }.companies", equalTo(3))
        .body("data.find { it.sector == '_T' }.companies", equalTo(4));
  }

  /** Before the records a Factory was there from its first lead on: f1 from 2022-04-07. */
  @Test
  void tellsAPastDayByWhoLedAndTookPartThen() {
    figures("&measure=groups,companies&asOf=2022-04-06").body("data.groups", contains(0));
    figures("&by=factory&measure=groups,companies&asOf=2022-12-31")
        .body("data.groups", contains(1, 0, 0, 1))
        .body("data.find { it.factory == 'objets-connectes' }.companies", equalTo(2));
  }

  @Test
  void keepsWhoTookPartForPastDays() {
    fixture.sql(
        "insert into factory_participant (factory, company) values (?::uuid, ?::uuid)",
        FACTORY,
        COMPANY);
    fixture.sql(
        "update factory_participation set since = '2024-01-01' where factory = ?::uuid and company = ?::uuid",
        FACTORY,
        COMPANY);
    int before = companies("2023-12-31");
    int during = companies("2024-06-30");

    assertThat(during).isEqualTo(before + 1);
  }

  private static int companies(String day) {
    return figures("&by=factory&measure=companies&asOf=" + day)
        .extract()
        .path("data.find { it.factory == 'objets-connectes' }.companies");
  }

  @Test
  void doesNotCountClosedGroups() {
    fixture.sql("update factory set status = 'closed' where slug = 'edition-responsable'");

    figures("&measure=groups").body("data.groups", contains(2));
  }

  @Test
  void countsInitiativesByTheirDates() {
    fixture.sql("delete from initiative");
    initiative("done", "2024-01-10", "2024-11-30", "published");
    initiative("running", "2025-03-01", "", "published");
    initiative("running", "2024-02-01", "", "draft");

    int begun = number("initiatives", "2024-12-31");
    int done = number("done", "2024-12-31");

    assertThat(begun - number("initiatives", "2023-12-31")).isEqualTo(1);
    assertThat(done - number("done", "2024-11-29")).isEqualTo(1);
    assertThat(number("initiatives", "2025-12-31") - begun).isEqualTo(1);
  }

  private static int number(String measure, String day) {
    return figures("&measure=%s&asOf=%s".formatted(measure, day))
        .extract()
        .path("data[0]." + measure);
  }

  private void initiative(String status, String from, String until, String publication) {
    fixture.sql(
        "insert into initiative (id, slug, kind, title_fr, status, factory, started_on, ended_on, publication)"
            + " values (gen_random_uuid(), ?, 'collective_action', 'Essai', ?, ?::uuid, ?::date, nullif(?, '')::date, ?)",
        "essai-" + UUID.randomUUID().toString().substring(0, 8),
        status,
        FACTORY,
        from,
        until,
        publication);
  }

  /** One or two workshops would tell how many presented at each. */
  @Test
  void withholdsPlansOfTooFewWorkshops() {
    fixture.sql("delete from workshop");
    workshop("2021-03-01", 2);
    workshop("2021-05-01", 1);
    figures("&measure=workshops,plans&asOf=2022-02-01")
        .body("data[0].workshops", equalTo(2))
        .body("data[0].plans", nullValue())
        .body("data[0].status.plans", equalTo("c"));

    workshop("2021-09-01", 0);
    figures("&measure=plans&asOf=2022-02-01").body("data[0].plans", nullValue());

    workshop("2021-10-01", 3);
    figures("&measure=plans&asOf=2022-02-01").body("data[0].plans", equalTo(6));
    // Figures of a year are one figure: no day in it tells of a part.
    figures("&measure=plans&asOf=2022-12-31").body("data[0].plans", equalTo(6));
    figures("&measure=plans&asOf=2021-12-31").body("data[0].plans", nullValue());
    figures("&by=factory&measure=workshops")
        .body("data.findAll { it.factory != '_T' }.workshops.unique()", contains(nullValue()));
  }

  /** Who presents is nothing that the public reads, and yet the answer is another one. */
  @Test
  void tellsOfAPlanThatIsTakenBackLater() {
    fixture.sql("delete from workshop");
    workshop("2021-03-01", 1);
    workshop("2021-05-01", 1);
    workshop("2021-09-01", 1);
    String query = "&measure=plans&asOf=2022-02-01";
    String tag = figures(query).body("data[0].plans", equalTo(3)).extract().header("ETag");

    fixture.sql(
        """
        delete from workshop_presenter where workshop = (
          select id from workshop order by starts_at limit 1)
        """);

    given()
        .header("If-None-Match", tag)
        .get("/v1/statistics/factories?format=json" + query)
        .then()
        .statusCode(200)
        .body("data[0].plans", nullValue());
  }

  private void workshop(String day, int plans) {
    String id = UUID.randomUUID().toString();
    fixture.sql(
        "insert into workshop (id, subject_fr, starts_at, ends_at, status, publication)"
            + " values (?::uuid, 'Essai', ?::date + time '09:00', ?::date + time '12:00', 'held', 'published')",
        id,
        day,
        day);
    String[] companies = {
      "0190a000-0000-7000-8000-000000000001",
      "0190a000-0000-7000-8000-000000000003",
      "0190a000-0000-7000-8000-000000000005"
    };
    for (int i = 0; i < plans; i++) {
      fixture.sql(
          "insert into workshop_participant (workshop, company) values (?::uuid, ?::uuid)",
          id,
          companies[i]);
      fixture.sql(
          "insert into workshop_presenter (workshop, company, position, subject) values (?::uuid, ?::uuid, ?, 'Plan')",
          id,
          companies[i],
          i);
    }
  }

  @Test
  void isInTheCatalogueAndRefusesDaysToCome() {
    given()
        .get("/v1/statistics")
        .then()
        .body("datasets.id", hasItems("companies", "growth", "objectives", "factories"));
    given()
        .get(
            "/v1/statistics/factories?asOf=" + LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(2))
        .then()
        .statusCode(400)
        .body("errors", hasSize(1));
  }
}
