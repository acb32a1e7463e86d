package fr.digital113.directory.statistics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Demonstration;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Vintages are asked for, computed, published and kept; of the demonstration's real size. */
@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VintagesTest {
  private static final String VINTAGES = "/v1/statistics/vintages";
  private static final String JUNE = "2026-06-30";

  @Inject Fixture fixture;
  @Inject Demonstration demonstration;
  @Inject VintagePublisher publisher;

  @BeforeAll
  void load() {
    deleteWhere("true");
    demonstration.load(); // others may have changed it
  }

  @AfterEach
  void deleteOthers() {
    deleteWhere("id <> '%s' or status <> 'published'".formatted(JUNE));
  }

  @AfterAll
  void deleteAll() {
    deleteWhere("true");
  }

  private void deleteWhere(String condition) {
    fixture.sql("alter table vintage disable trigger keep_vintage");
    fixture.sql("delete from vintage where " + condition);
    fixture.sql("alter table vintage enable always trigger keep_vintage");
  }

  /** Takes a quarter of a minute, so it is computed once for those who leave it as it is. */
  private void publishJune() {
    if (given().get(VINTAGES + "/" + JUNE).statusCode() != 200) {
      request("{\"asOf\": \"%s\"}".formatted(JUNE)).then().statusCode(202);
      published(JUNE);
    }
  }

  private static Response request(String body) {
    return given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .contentType("application/json")
        .body(body)
        .post(VINTAGES);
  }

  /** The worker of the application may have taken it: then this waits for it. */
  private void published(String id) {
    while (true) {
      String status =
          given()
              .header("X-API-Key", DatabaseResource.ADMIN_KEY)
              .get(VINTAGES + "/{id}/audit", id)
              .path("status");
      if (!status.equals("preparing")) {
        assertThat(status).isEqualTo("published");
        fixture.sql("select 1"); // catches up
        return;
      }
      publisher.next();
    }
  }

  @Test
  void publishesAllOfficialTablesWithoutTheirConfidentialCells() {
    publishJune();

    given()
        .get("/v1/statistics/companies?measure=companies,jobs&format=json")
        .then()
        .statusCode(200)
        .body("data.companies", contains(400))
        .body("data.jobs", contains(17_000))
        .body("asOf", equalTo("2026-06-30"))
        .body("citation", containsString("2026-06-30"));
    Map<String, Integer> sums = new HashMap<>();
    for (OfficialTable table : OfficialTable.ALL) {
      if (!table.by().isEmpty()) {
        sums.put(table.code(), assertSums(table));
      }
    }
    assertThat(sums.values()).as("tables in which something is withheld: %s", sums).contains(0);
  }

  /** Rows that are no total; the number of those that are withheld. */
  private static int assertSums(OfficialTable table) {
    List<Map<String, Object>> rows =
        given()
            .get("/v1/statistics/companies?measure=companies,jobs&format=json&by=" + table.code())
            .path("data");
    String first = table.by().get(0).id();
    long sum = 0;
    long withheld = 0;
    long total = 0;
    for (Map<String, Object> row : rows) {
      boolean ofAllOthers =
          table.by().stream().skip(1).allMatch(each -> "_T".equals(row.get(each.id())));
      Object jobs = row.get("jobs");
      if (ofAllOthers && "_T".equals(row.get(first))) {
        total = jobs == null ? -1 : ((Number) jobs).longValue();
      } else if (ofAllOthers && jobs != null) {
        sum += ((Number) jobs).longValue();
      }
      if (jobs == null) {
        withheld++;
        assertThat(row.get("status")).as("%s", row).isEqualTo(Map.of("jobs", "c"));
      }
    }
    boolean overlaps = table.by().get(0).overlaps();
    if (withheld == 0 && !overlaps) {
      assertThat(sum).as(table.code()).isEqualTo(total);
    } else if (!overlaps) {
      assertThat(sum).as(table.code()).isLessThan(17_000);
    }
    return (int) withheld;
  }

  @Test
  void servesWhatWasPublishedByteForByte() {
    publishJune();
    String checksum = given().get(VINTAGES).path("data[0].checksum");
    byte[] first = given().get(VINTAGES + "/2026-06-30").asByteArray();

    fixture.sql("update sector set label_fr = label_fr || ' autrement' where slug = 'iot'");
    fixture.sql("update company set headcount = headcount + 1 where headcount > 100");
    byte[] second = given().get(VINTAGES + "/2026-06-30").asByteArray();
    fixture.sql("update company set headcount = headcount - 1 where headcount > 101");
    fixture.sql(
        "update sector set label_fr = replace(label_fr, ' autrement', '') where slug = 'iot'");

    assertThat(second).isEqualTo(first);
    assertThat(HexFormat.of().formatHex(Sha256.of(second))).isEqualTo(checksum);
  }

  @Test
  void keepsWhatIsPublishedFromEveryWriter() {
    publishJune();

    assertThatThrownBy(() -> fixture.sql("update vintage set content = '{}'"))
        .hasMessageContaining("never changes");
    assertThatThrownBy(() -> fixture.sql("delete from vintage"))
        .hasMessageContaining("never changes");
  }

  @Test
  void correctsByAnotherVintageThatNamesTheOneItReplaces() {
    publishJune();

    request("{\"asOf\": \"2026-06-30\"}")
        .then()
        .statusCode(409)
        .body("detail", containsString("2026-06-30"));
    request("{\"asOf\": \"2026-06-30\", \"replaces\": \"2025-01-31\"}").then().statusCode(409);
    request("{\"asOf\": \"2026-06-30\", \"replaces\": \"2026-06-30\"}")
        .then()
        .statusCode(202)
        .body("id", equalTo("2026-06-30-1"));
    published("2026-06-30-1");

    given()
        .get(VINTAGES)
        .then()
        .body("data.id", contains("2026-06-30-1", JUNE))
        .body("data.replaces", contains("2026-06-30", null));
    for (String format : List.of("csv", "xlsx", "ndjson")) {
      given().get(VINTAGES + "?format=" + format).then().statusCode(200);
    }
    given()
        .get("/v1/statistics/companies?measure=jobs")
        .then()
        .body("href", equalTo(VINTAGES + "/2026-06-30-1"));
  }

  @Test
  void answersWithTheVintageInForceOnTheDay() {
    publishJune();
    request("{\"asOf\": \"2026-03-31\", \"interim\": true}")
        .then()
        .statusCode(202)
        .header("Location", endsWith(VINTAGES + "/2026-03-31/audit"))
        .body("id", equalTo("2026-03-31"));
    published("2026-03-31");

    given()
        .get("/v1/statistics/companies?measure=jobs&asOf=2026-05-15")
        .then()
        .statusCode(200)
        .body("href", equalTo(VINTAGES + "/2026-03-31"));
    given().get("/v1/statistics/companies?measure=jobs&asOf=2026-01-01").then().statusCode(404);
    given()
        .get("/v1/statistics/growth?measure=present,jobs&period=quarter&format=json")
        .then()
        .statusCode(200)
        .body("data.find {it.period == '2025-Q4'}.jobs", nullValue())
        .body("data.find {it.period == '2026-Q2'}.present", equalTo(400))
        .body("data.find {it.period == '2026-Q2'}.jobs", equalTo(17_000));
  }

  @Test
  void tellsNobodyButTheTeamWhatIsBeingPrepared() {
    fixture.sql(
        "insert into vintage (id, as_of, status) values ('2025-12-31', '2025-12-31', 'refused')");

    given().get(VINTAGES + "/2025-12-31").then().statusCode(404);
    given().get(VINTAGES).then().statusCode(200).body("data.id", not(hasItem("2025-12-31")));
    given().get(VINTAGES + "/2025-12-31/audit").then().statusCode(401);
    given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .get(VINTAGES + "/2025-12-31/audit")
        .then()
        .statusCode(200)
        .body("status", equalTo("refused"));
  }

  @Test
  void refusesADayThatIsYetToCome() {
    request("{\"asOf\": \"2999-12-31\"}")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/asOf"))
        .body("errors[0].code", equalTo("in_the_future"));
    request("{}").then().statusCode(422).body("errors[0].pointer", startsWith("/asOf"));
  }
}
