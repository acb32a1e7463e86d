package fr.digital113.directory.calendars;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.Callers;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calendars that everybody may subscribe to. */
@QuarkusTest
class CalendarTest {
  private static final String SERIES = "0190a000-0000-7000-8000-0000000000a1";
  private static final List<String> CALENDARS =
      List.of(
          "/v1/calendar.ics",
          "/v1/calendar.ics?factory=objets-connectes",
          "/v1/meetings.ics",
          "/v1/factories/objets-connectes/meetings.ics",
          "/v1/factories/jeux-serieux/meetings.ics",
          "/v1/territories/31/meetings.ics",
          "/v1/events.ics",
          "/v1/workshops.ics");

  /** Of meetings, events and workshops: drafts, and what insiders alone may know. */
  private static final List<String> SECRETS =
      List.of(
          "secret",
          "entre membres",
          "réservé",
          "Brouillon",
          "en projet",
          "archivée",
          "CONFERENCE",
          "sante-connectee",
          "Santé Connectée",
          "Zibeline",
          "Ancienne rencontre",
          "Quetzal",
          "Quokka",
          "Axolotl",
          "Ocelot",
          "Tamarin",
          "Wombat",
          "Numbat",
          "ATTENDEE");

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static Response get(String path) {
    return given().header("Accept-Language", "fr").urlEncodingEnabled(false).get(path);
  }

  /** Unfolded. */
  static String text(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return new String(answer.asByteArray(), StandardCharsets.UTF_8).replace("\r\n ", "");
  }

  private static List<String> values(String calendar, String property) {
    return calendar
        .lines()
        .filter(line -> line.startsWith(property + ":") || line.startsWith(property + ";"))
        .map(line -> line.substring(line.indexOf(':') + 1))
        .toList();
  }

  @Test
  void isTextCalendarThatCachesMayKeep() {
    Response answer = get("/v1/meetings.ics");

    assertThat(answer.contentType()).isEqualToIgnoringCase("text/calendar;charset=utf-8");
    assertThat(answer.header("Content-Disposition")).isEqualTo("inline; filename=\"meetings.ics\"");
    assertThat(answer.header("Cache-Control")).startsWith("public, max-age=60");
    assertThat(answer.header("Content-Language")).isEqualTo("fr");
    given()
        .header("If-None-Match", answer.header("ETag"))
        .get("/v1/meetings.ics")
        .then()
        .statusCode(304);
    given().head("/v1/meetings.ics").then().statusCode(200).header("ETag", answer.header("ETag"));
    assertThat(get("/v1/factories/objets-connectes/meetings.ics").header("Content-Disposition"))
        .isEqualTo("inline; filename=\"meetings-objets-connectes.ics\"");
  }

  @Test
  void tellsASeriesOnceAndWhatIsParticular() {
    String calendar = text(get("/v1/factories/objets-connectes/meetings.ics"));

    assertThat(values(calendar, "UID"))
        .containsExactly(
            SERIES + "@events.digital113",
            SERIES + "@events.digital113",
            SERIES + "@events.digital113");
    assertThat(values(calendar, "RRULE"))
        .endsWith("FREQ=MONTHLY;BYDAY=1TU")
        .hasSize(2 + 1); // of the time zone, too
    assertThat(values(calendar, "RECURRENCE-ID"))
        .containsExactly("20261103T180000", "20261201T180000");
    assertThat(values(calendar, "SUMMARY"))
        .containsExactly("Réunion mensuelle", "Annulé : Réunion mensuelle", "Réunion de Noël");
    assertThat(values(calendar, "LOCATION"))
        .containsExactly("La Cantine\\, Toulouse", "La Cantine\\, Toulouse", "Le Bouchon\\, Albi");
    assertThat(values(calendar, "CATEGORIES")).containsOnly("Factory Objets connectés");
    assertThat(values(calendar, "NAME")).containsExactly("Réunions : Factory Objets connectés");
    assertThat(text(get("/v1/meetings.ics?lang=en"))).contains("SUMMARY:Monthly meeting");
    assertThat(values(calendar, "SEQUENCE"))
        .containsOnly(get("/v1/meetings/" + SERIES).<Integer>path("sequence").toString());
  }

  @Test
  void tellsEventsAndWorkshopsAsEverybodySeesThem() {
    String events = text(get("/v1/events.ics"));
    String workshops = text(get("/v1/workshops.ics"));

    assertThat(values(events, "SUMMARY"))
        .containsExactly("Soirée de lancement", "Annulé : Digital night");
    assertThat(values(events, "LOCATION"))
        .containsExactly(
            "Halle imaginaire\\, Toulouse; Montpellier".replace(";", "\\;"), "En ligne");
    assertThat(values(events, "URL")).containsExactly("https://inscription.example.org/soiree");
    assertThat(values(workshops, "SUMMARY"))
        .containsExactly(
            "Table à secousses : Vendre à l'étranger",
            "Table à secousses : Passer à cent salariés");
    assertThat(values(text(get("/v1/calendar.ics")), "UID")).hasSize(4 + 2 + 2);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/calendar.ics?factory=objets-connectes, 3",
    "/v1/calendar.ics?sector=jeux-video, 1",
    "/v1/calendar.ics?territory=34, 3", // a meeting, an event, a workshop
    "/v1/calendar.ics?territory=lozere, 0",
    "/v1/meetings.ics?territory=albi, 1",
    "/v1/meetings.ics?territory=31, 2", // the series, and the one that is cancelled
    "/v1/territories/81/meetings.ics, 1",
    "/v1/territories/31/meetings.ics?factory=jeux-serieux, 0",
    "/v1/events.ics?territory=montpellier, 1",
    "/v1/workshops.ics?territory=31555, 1"
  })
  void filters(String path, int components) {
    assertThat(values(text(get(path)), "UID")).hasSize(components);
  }

  @Test
  void refusesWhatIsNotValid() {
    given()
        .get("/v1/meetings.ics?territory=nowhere&from=2026-01-01")
        .then()
        .statusCode(400)
        .body("errors.parameter", contains("territory", "from"));
    given().get("/v1/events.ics?factory=objets-connectes").then().statusCode(400);
    given().get("/v1/factories/nowhere/meetings.ics").then().statusCode(404);
    given().get("/v1/territories/nowhere/meetings.ics").then().statusCode(404);
    fixture.sql("update factory set slug = 'iot-factory' where slug = 'objets-connectes'");
    given()
        .redirects()
        .follow(false)
        .get("/v1/factories/objets-connectes/meetings.ics")
        .then()
        .statusCode(301);
  }

  @Test
  void staysTheSameWhenSomethingElseChanges() {
    String etag = get("/v1/meetings.ics").header("ETag");
    fixture.sql("update company set hiring = not hiring where slug = 'capteurs-d-oc'");
    given()
        .header("Accept-Language", "fr")
        .header("If-None-Match", etag)
        .get("/v1/meetings.ics")
        .then()
        .statusCode(304);

    fixture.sql("update meeting set place = 'Ailleurs' where id = ?::uuid", SERIES);
    given()
        .header("Accept-Language", "fr")
        .header("If-None-Match", etag)
        .get("/v1/meetings.ics")
        .then()
        .statusCode(200);
  }

  @Test
  void showsNobodyOutsideOfTheClusterWhatIsNotForEverybody() {
    for (Map.Entry<String, Supplier<RequestSpecification>> caller :
        Callers.withoutRights(Editor.ECRAN_VERT).entrySet()) {
      for (String path : CALENDARS) {
        Response answer = caller.getValue().get().get(path);
        String told = text(answer) + answer.headers();

        SECRETS.forEach(
            secret ->
                assertThat(told).as("%s for %s", path, caller.getKey()).doesNotContain(secret));
      }
    }
  }

  @Test
  void whatChangesInPrivateMovesNoCalendar() {
    List<String> before = CALENDARS.stream().map(CalendarTest::answer).toList();

    fixture.sql(
        "update meeting set link = 'https://visio.example.org/9', minutes = null where id = ?::uuid",
        SERIES);
    fixture.sql("update meeting set title_fr = 'Encore' where visibility = 'members'");
    fixture.sql(
        "insert into meeting_attendance values (?::uuid, '20261103T170000Z', ?::uuid)",
        SERIES,
        Editor.CAPTEURS);
    fixture.sql(
        "insert into meeting_occurrence (meeting, recurrence_id, minutes) values (?::uuid, '20270105T170000Z', 'https://notes.example.org/9')",
        SERIES);

    assertThat(CALENDARS.stream().map(CalendarTest::answer).toList()).isEqualTo(before);
  }

  private static String answer(String path) {
    Response answer = get(path);
    return answer.header("ETag") + answer.asString();
  }

  @Test
  void showsAMemberWhatMembersShareAndNoCacheKeepsIt() {
    Response answer =
        Editor.memberOf("0190a000-0000-7000-8000-000000000005").request().get("/v1/meetings.ics");

    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store");
    assertThat(text(answer))
        .contains("CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://visio.example.org/objets-secret")
        .contains("Réunion entre membres")
        .doesNotContain("Brouillon", "archivée");
    given()
        .get("/v1/meetings/" + SERIES)
        .then()
        .body("uid", equalTo(SERIES + "@events.digital113"));
  }
}
