package fr.digital113.directory.statistics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Demonstration;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was published stays known, whatever becomes of the directory. */
@QuarkusTest
class LaterVintagesTest {
  private static final String VINTAGES = "/v1/statistics/vintages";
  private static final String FIRST = "2026-06-30";
  private static final String SECOND = "2026-07-31";

  @Inject Fixture fixture;
  @Inject Demonstration demonstration;
  @Inject VintagePublisher publisher;
  @Inject Jdbi jdbi;

  @BeforeEach
  void load() {
    empty();
    demonstration.load();
  }

  @AfterEach
  void empty() {
    fixture.sql("alter table vintage disable trigger keep_vintage");
    fixture.sql("delete from vintage");
    fixture.sql("alter table vintage enable always trigger keep_vintage");
  }

  private static ValidatableResponse audit(String id) {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .get(VINTAGES + "/{id}/audit", id)
        .then();
  }

  private static Response post(String asOf) {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .contentType("application/json")
        .body("{\"asOf\": \"%s\", \"interim\": true}".formatted(asOf))
        .post(VINTAGES);
  }

  /** The worker of the application may have taken it: then this waits for it. */
  private void compute(String id) {
    while (audit(id).extract().path("status").equals("preparing")) {
      publisher.next();
    }
    fixture.sql("select 1"); // catches up
    audit(id).body("status", equalTo("published"));
  }

  /** The first, in full: it is computed while others edit. */
  private void publishTheFirst() {
    jdbi.useHandle(
        database ->
            database.execute("insert into vintage (id, as_of) values (?, ?::date)", FIRST, FIRST));
    compute(FIRST);
  }

  private void publishTheSecond() {
    post(SECOND).then().statusCode(202);
    compute(SECOND);
  }

  private static ValidatableResponse total(String asOf) {
    return given()
        .get("/v1/statistics/companies?measure=jobs&format=json&asOf=" + asOf)
        .then()
        .statusCode(200);
  }

  private String one(String sql) {
    return jdbi.withHandle(database -> database.createQuery(sql).mapTo(String.class).one());
  }

  @Test
  void doesNotGiveAwayACompanyThatIsDeleted() {
    publishTheFirst();
    total(FIRST).body("data[0].jobs", equalTo(17_000));
    String gone =
        one(
            """
            select c.id from company c join membership m on m.company = c.id and m.left_on is null
            where c.headcount between 20 and 49 and not exists (select from factory_lead l where l.company = c.id)
              and not exists (select from factory_participant p where p.company = c.id) order by c.id limit 1
            """);
    fixture.sql("delete from membership where company = ?::uuid", gone);
    fixture.sql("delete from company where id = ?::uuid", gone);

    publishTheSecond();

    total(SECOND).body("data[0].jobs", nullValue());
  }

  @Test
  void doesNotGiveAwayACompanyWhoseCommuneIsPutElsewhereOnTheMap() {
    publishTheFirst();
    // In a département that was published, the only company of its commune
    String departement = departementsTold(FIRST);
    String commune =
        jdbi.withHandle(
            database ->
                database
                    .createQuery(
                        """
                        select c.commune from company c join membership m on m.company = c.id and m.left_on is null
                        join territory_within w on w.territory = c.commune and w.container = :departement
                        group by c.commune having count(*) = 1 and min(c.headcount) > 2 order by c.commune limit 1
                        """)
                    .bind("departement", departement)
                    .mapTo(String.class)
                    .one());
    String other =
        jdbi.withHandle(
            database ->
                database
                    .createQuery(
                        "select min(code) from territory where level = 'departement' and code <> :code")
                    .bind("code", departement)
                    .mapTo(String.class)
                    .one());
    fixture.sql(
        "update territory_within set container = ? where territory = ? and container = ?",
        other,
        commune,
        departement);
    try {
      publishTheSecond();

      given()
          .get("/v1/statistics/companies?measure=jobs&format=json&by=departement&asOf=" + SECOND)
          .then()
          .statusCode(200)
          .body("data.find {it.departement == '%s'}.jobs".formatted(departement), nullValue());
    } finally {
      fixture.sql(
          "update territory_within set container = ? where territory = ? and container = ?",
          departement,
          commune,
          other);
    }
  }

  private static String departementsTold(String asOf) {
    return given()
        .get("/v1/statistics/companies?measure=jobs&format=json&by=departement&asOf=" + asOf)
        .path("data.find {it.departement != '_T' && it.jobs != null && it.jobs > 0}.departement");
  }

  @Test
  void goesOnWhenASizeClassChangesOrAHeadcountIsCorrectedOnTheSameDay() {
    publishTheFirst();
    fixture.sql("update company set size_class = '21' where headcount = 49");
    fixture.sql("update company set headcount = headcount + 1 where headcount = 30");

    publishTheSecond();

    total(SECOND).body("href", equalTo(VINTAGES + "/" + SECOND));
  }

  @Test
  void isComputedWithoutStandingInAnybodysWay() throws InterruptedException {
    jdbi.useHandle(
        database ->
            database.execute("insert into vintage (id, as_of) values (?, ?::date)", FIRST, FIRST));
    Thread computing = new Thread(publisher::next);
    computing.start();
    int edits = 0;
    int requests = 0;
    while (audit(FIRST).extract().path("status").equals("preparing")) {
      jdbi.useTransaction(database -> database.execute("select from company for update nowait"));
      edits++;
      String refused = post(FIRST).then().statusCode(409).extract().path("detail");
      requests += refused.contains("préparation") ? 1 : 0;
    }
    computing.join();
    assertThat(edits).isGreaterThan(3);
    assertThat(requests).isGreaterThan(2);
  }
}
