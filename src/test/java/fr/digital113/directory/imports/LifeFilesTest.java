package fr.digital113.directory.imports;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.web.Text;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of what the cluster does: written by the rules of single writes. */
@QuarkusTest
class LifeFilesTest {
  @Inject Fixture fixture;
  @Inject Imports imports;
  @Inject DirectoryIndex index;
  @Inject Jdbi jdbi;

  @BeforeEach
  void load() {
    fixture.load();
  }

  private RowCounts load(String kind, String csv) {
    RowCounts counts =
        imports.load(kind, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), "test");
    index.catchUp();
    return counts;
  }

  @ParameterizedTest
  @CsvSource({"meetings, csv", "initiatives, csv", "events, csv", "workshops, csv"})
  void takesWhatItExportsAsUnchanged(String kind, String format) {
    String file =
        given()
            .header("X-API-Key", DatabaseResource.ADMIN_KEY)
            .get("/v1/imports/exports/" + kind + "?format=" + format)
            .asString();

    RowCounts counts = load(kind, file);

    assertThat(counts.read()).isPositive();
    assertThat(counts.unchanged()).isEqualTo(counts.read());
  }

  /** A row that names cancelled and moved ones keeps what it does not say: who came, minutes. */
  @Test
  void keepsOfOccurrencesWhatARowDoesNotSay() {
    var counts =
        load(
            "meetings",
            """
            id,cancelled,moved
            0190a000-0000-7000-8000-0000000000a1,20261103T170000Z|20270105T170000Z,20261201T170000Z=2026-12-09 18:00/2026-12-09 19:30
            """);

    assertThat(counts.updated()).isEqualTo(1);
    assertThat(
            number(
                "select count(*) from meeting_attendance where meeting = '0190a000-0000-7000-8000-0000000000a1'"))
        .isEqualTo(2);
    assertThat(
            number(
                "select count(*) from meeting_occurrence where meeting = '0190a000-0000-7000-8000-0000000000a1' and status = 'cancelled'"))
        .isEqualTo(2);
    assertThat(
            number(
                "select count(*) from meeting_occurrence where recurrence_id = '20261201T170000Z' and starts_at = '2026-12-09 17:00Z'"))
        .isEqualTo(1);
  }

  /** Times without an offset are those of the clocks there, in summer and winter. */
  @Test
  void readsTimesOfParis() {
    String slug = "essai-" + UUID.randomUUID().toString().substring(0, 8);

    load(
        "events",
        "slug,titleFr,start,end,place1Name,place1Commune,place2Commune,publication\n"
            + slug
            + ",Essai,2027-03-27 18:00,2027-03-28 18:00,Halle,31555,34172,published\n");

    given()
        .get("/v1/events/" + slug)
        .then()
        .statusCode(200)
        .body("start", equalTo("2027-03-27T18:00:00+01:00"))
        .body("end", equalTo("2027-03-28T18:00:00+02:00"))
        .body("places.commune.code", contains("31555", "34172"));
    fixture.sql("delete from event where slug = ?", slug);
  }

  /** 2:30 in the night of the last Sunday of March is on no clock there; in October it is twice. */
  @Test
  void refusesATimeThatNoClockShows() throws BadValueException {
    String head = "slug,titleFr,start,end,place1Name,place1Commune\n";
    String row = "perdue,Essai,2027-03-28 02:30,2027-03-28 18:00,Halle,31555\n";
    assertThatThrownBy(() -> load("events", head + row))
        .hasMessageEndingWith(
            "1 rows of events rejected: line 2, start: There is no such time: the clocks go forward by an hour on that day.");

    for (String lost : List.of("2027-03-28 02:00", "2027-03-28T02:59:59")) {
      assertThatThrownBy(() -> ItemColumn.moment(lost))
          .isInstanceOfSatisfying(
              BadValueException.class,
              told -> {
                assertThat(told.code()).isEqualTo("no_such_time");
                assertThat(told.reason())
                    .isEqualTo(
                        new Text(
                            "Cette heure n'existe pas : les horloges avancent d'une heure ce jour-là.",
                            "There is no such time: the clocks go forward by an hour on that day."));
              });
    }
    assertThat(ItemColumn.moment("2027-03-28 03:00")).isEqualTo("2027-03-28T03:00:00+02:00");
    assertThat(ItemColumn.moment("2027-03-28T02:30:00Z")).isEqualTo("2027-03-28T04:30:00+02:00");
    assertThat(ItemColumn.moment("2027-10-31 02:30")).isEqualTo("2027-10-31T02:30:00+02:00");
  }

  private long number(String sql) {
    return jdbi.withHandle(database -> database.createQuery(sql).mapTo(Long.class).one());
  }
}
