package fr.digital113.directory.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Meetings as the team and the leads of their Factory write them. */
@QuarkusTest
class MeetingWriteTest {
  private static final String OBJETS = "/v1/factories/objets-connectes/meetings";
  private static final String JEUX = "/v1/factories/jeux-serieux/meetings";
  private static final String SERIES = "/v1/meetings/0190a000-0000-7000-8000-0000000000a1";
  private static final String SINGLE = "/v1/meetings/0190a000-0000-7000-8000-0000000000a2";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";
  private static final String ONE =
      """
      {"title": {"fr": "Revue"}, "start": "2027-02-02T18:00:00+01:00", "end": "2027-02-02T19:00:00+01:00"}
      """;

  private final Editor team = Editor.team();
  private final Editor lead = Editor.leadOf(Editor.CAPTEURS);

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static List<String> errors(Response refused) {
    assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
    return refused.path("errors.collect { it.pointer + ' ' + it.code }");
  }

  @Test
  void aLeadAddsAMeetingToItsFactory() {
    Response made = lead.post(OBJETS, ONE);

    assertThat(made.statusCode()).isEqualTo(201);
    String id = made.path("id");
    assertThat(made.header("Location")).endsWith("/v1/meetings/" + id);
    assertThat(Fixture.parsed(made.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {"id": "%s", "factory": "0190a000-0000-7000-8000-0000000000f1", "title": {"fr": "Revue"},
                 "start": "2027-02-02T18:00:00+01:00", "end": "2027-02-02T19:00:00+01:00", "timeZone": "Europe/Paris",
                 "rule": null, "place": null, "link": null, "agenda": {}, "minutes": null, "visibility": "public",
                 "status": "confirmed", "publication": "draft", "attendance": [], "occurrences": []}
                """
                    .formatted(id)));
    lead.readAt("/v1/meetings/" + id).then().statusCode(200);
  }

  @Test
  void aWholeMeetingIsReadAsItWasWritten() {
    Response made =
        lead.post(
            OBJETS,
            """
            {"factory": "jeux-serieux", "title": {"fr": "Série", "en": "Series"}, "timeZone": "Europe/Paris",
             "start": "2027-02-02T17:00:00Z", "end": "2027-02-02T20:00:00+02:00", "rule": "FREQ=WEEKLY;COUNT=10",
             "place": {"name": "La Cantine", "commune": "31555", "location": {"lat": 43.6, "lon": 1.44}},
             "link": "https://visio.example.org/x", "agenda": {"fr": "Un\\nDeux"}, "minutes": "https://notes.example.org/",
             "visibility": "members", "status": "tentative", "publication": "published",
             "occurrences": [
               {"recurrenceId": "20270216T170000Z", "status": "cancelled", "attendance": []},
               {"recurrenceId": "20270209T170000Z", "start": "2027-02-10T18:00:00+01:00", "end": "2027-02-10T18:30:00+01:00",
                "title": {"en": "Moved"}, "place": {"commune": "81004"}, "link": "https://visio.example.org/y",
                "agenda": {"fr": "Trois"}, "minutes": null, "attendance": ["sante-connectee", "capteurs-d-oc"]},
               {"recurrenceId": "20270223T170000Z"}]}
            """);

    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    Response read = lead.readAt(made.header("Location"));
    assertThat(Fixture.parsed(read.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {"id": "%s", "factory": "0190a000-0000-7000-8000-0000000000f1",
                 "title": {"fr": "Série", "en": "Series"},
                 "start": "2027-02-02T18:00:00+01:00", "end": "2027-02-02T19:00:00+01:00", "timeZone": "Europe/Paris",
                 "rule": "FREQ=WEEKLY;COUNT=10",
                 "place": {"name": "La Cantine", "commune": "31555", "location": {"lat": 43.6, "lon": 1.44}},
                 "link": "https://visio.example.org/x", "agenda": {"fr": "Un\\nDeux"}, "minutes": "https://notes.example.org/",
                 "visibility": "members", "status": "tentative", "publication": "published", "attendance": [],
                 "occurrences": [
                   {"recurrenceId": "20270209T170000Z", "start": "2027-02-10T18:00:00+01:00",
                    "end": "2027-02-10T18:30:00+01:00", "title": {"en": "Moved"}, "place": {"commune": "81004"},
                    "link": "https://visio.example.org/y", "agenda": {"fr": "Trois"},
                    "attendance": ["0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000005"]},
                   {"recurrenceId": "20270216T170000Z", "status": "cancelled"}]}
                """
                    .formatted(made.<String>path("id"))));
    Response again =
        lead.request()
            .header("If-Match", read.header("ETag"))
            .body(read.asString())
            .put(made.header("Location"));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.header("ETag")).isEqualTo(read.header("ETag"));
  }

  @Test
  void aPutThatLeavesOutWhatIsThereEmptiesIt() {
    Response put =
        lead.request()
            .header("If-Match", "*")
            .body(
                """
                {"factory": "objets-connectes", "title": {"en": "Left"}, "start": "2026-10-06T18:00:00+02:00",
                 "end": "2026-10-06T19:00:00+02:00"}
                """)
            .put(SERIES);

    put.then()
        .statusCode(200)
        .body("title", equalTo(Map.of("en", "Left")))
        .body("rule", nullValue())
        .body("link", nullValue())
        .body("place", nullValue())
        .body("occurrences", empty())
        .body("publication", equalTo("published"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title | {} | /title required",
        "title | {\"fr\": \"<b>x</b>\"} | /title/fr html",
        "start | \"2027-02-02\" | /start invalid_time",
        "start | \"2027-02-02T18:00:00.5+01:00\" | /start invalid_time",
        "start | \"2027-02-02T18:00:00\" | /start invalid_time",
        "start | \"1999-02-02T18:00:00+01:00\" | /start out_of_range",
        "start | \"2027-02-02T19:00:00+01:00\" | /end end_before_start",
        "end | \"2027-03-05T18:00:01+01:00\" | /end too_long",
        "end | null | /end required",
        "timeZone | \"Europe/London\" | /timeZone read_only",
        "id | \"0190a000-0000-7000-8000-0000000000a1\" | /id read_only",
        "link | \"javascript:alert(1)\" | /link invalid_url",
        "minutes | \"ftp://x.example.org\" | /minutes invalid_url",
        "place | {\"commune\": \"99999\"} | /place/commune unknown_commune",
        "place | {\"location\": {\"lat\": 91, \"lon\": 0}} | /place/location/lat out_of_range",
        "visibility | \"secret\" | /visibility unknown_value",
        "status | \"moved\" | /status unknown_value",
        "publication | \"public\" | /publication unknown_value",
        "attendance | [\"projet-secret\"] | /attendance/0 unknown_company",
        "attendance | [\"ecran-vert\"] | /attendance/0 unknown_company",
        "occurrences | [{\"recurrenceId\": \"20270202T170000Z\", \"status\": \"cancelled\"}] | /occurrences not_a_series",
        "color | 1 | /color unknown_member"
      })
  void refusesWhatIsWrongByItself(String member, String value, String error) {
    String body = ONE.strip();
    String with =
        body.contains("\"" + member + "\"")
            ? body.replaceFirst(
                "\"" + member + "\": (\"[^\"]*\"|\\{[^}]*})",
                Matcher.quoteReplacement("\"" + member + "\": " + value))
            : body.replaceFirst("\\{", "{\"" + member + "\": " + value + ", ");

    assertThat(errors(lead.post(OBJETS, with))).containsExactly(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "WEEKLY",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20270301T000000Z",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7",
        "RRULE:FREQ=WEEKLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;COUNT=99999999999999999999",
        "FREQ=WEEKLY\nATTENDEE:mailto:x",
        "FREQ=WEEKLY;X-SOMETHING=1"
      })
  void refusesARuleThatIsHostileOrNone(String rule) {
    String body =
        ONE.strip().replaceFirst("\\{", "{\"rule\": \"" + rule.replace("\n", "\\\\n") + "\", ");

    assertThat(errors(lead.post(OBJETS, body))).allMatch(each -> each.startsWith("/rule "));
  }

  @Test
  void particularOccurrencesMustBeOnesOfTheRule() {
    Response refused =
        lead.patchAt(
            SERIES,
            """
            {"occurrences": [
              {"recurrenceId": "20261103T170000Z", "status": "cancelled"},
              {"recurrenceId": "20261103T180000Z", "status": "cancelled"},
              {"recurrenceId": "20261103T170000Z", "status": "confirmed"},
              {"recurrenceId": "2026-11-03", "status": "confirmed"},
              {"recurrenceId": "20261201T170000Z", "start": "2026-12-02T18:00:00+01:00"},
              {"status": "cancelled"}]}
            """);

    assertThat(errors(refused))
        .containsExactlyInAnyOrder(
            "/occurrences/2/recurrenceId repeated",
            "/occurrences/3/recurrenceId invalid_time",
            "/occurrences/4/end required",
            "/occurrences/5/recurrenceId required");
    assertThat(
            errors(
                lead.patchAt(
                    SERIES,
                    "{\"occurrences\": [{\"recurrenceId\": \"20261103T180000Z\", \"status\": \"cancelled\"}]}")))
        .containsExactly("/occurrences/0/recurrenceId not_in_series");
  }

  @Test
  void aChangeThatLeavesParticularOccurrencesBehindIsRefused() {
    Response moved =
        lead.patchAt(
            SERIES,
            "{\"start\": \"2026-10-06T18:30:00+02:00\", \"end\": \"2026-10-06T20:00:00+02:00\"}");

    assertThat(errors(moved))
        .containsExactly(
            "/occurrences/0/recurrenceId not_in_series",
            "/occurrences/1/recurrenceId not_in_series",
            "/occurrences/2/recurrenceId not_in_series");
    moved.then().body("errors[0].message", containsString("20261006T160000Z"));
    assertThat(errors(lead.patchAt(SERIES, "{\"rule\": null}")))
        .containsExactly("/occurrences not_a_series");
    lead.patchAt(
            SERIES,
            "{\"start\": \"2026-10-06T18:30:00+02:00\", \"end\": \"2026-10-06T20:00:00+02:00\", \"occurrences\": []}")
        .then()
        .statusCode(200)
        .body("occurrences", empty());
  }

  @Test
  void aSeriesHasItsAttendanceByOccurrence() {
    assertThat(errors(lead.patchAt(SERIES, "{\"attendance\": [\"capteurs-d-oc\"]}")))
        .containsExactly("/attendance of_an_occurrence");
    Editor games = Editor.leadOf(PIXELS);
    assertThat(errors(games.patchAt(SINGLE, "{\"rule\": \"FREQ=WEEKLY;COUNT=3\"}")))
        .containsExactly("/attendance of_an_occurrence");
    games
        .patchAt(SINGLE, "{\"attendance\": [\"sante-connectee\", \"%s\"]}".formatted(PIXELS))
        .then()
        .statusCode(200)
        .body("attendance", contains(PIXELS, "0190a000-0000-7000-8000-000000000005"));
  }

  @Test
  void whoCameAndIsHiddenSinceMayStay() {
    fixture.sql("update company set publication = 'archived' where slug = 'sante-connectee'");

    lead.patchAt(SERIES, lead.readAt(SERIES).asString()).then().statusCode(200);
    Response more =
        lead.patchAt(
            SERIES,
            """
            {"occurrences": [
              {"recurrenceId": "20261006T160000Z", "attendance": ["0190a000-0000-7000-8000-000000000005"]},
              {"recurrenceId": "20261103T170000Z", "attendance": ["0190a000-0000-7000-8000-000000000005"]}]}
            """);
    assertThat(errors(more)).containsExactly("/occurrences/1/attendance/0 unknown_company");
  }

  @Test
  void aLeadFindsOutNothingAboutDraftsByNamingThem() {
    Response draft = lead.patchAt(SERIES, attendance("projet-secret"));
    Response nobody = lead.patchAt(SERIES, attendance("projet-inconnu"));

    assertThat(draft.statusCode()).isEqualTo(422);
    assertThat(Fixture.parsed(draft.asString())).isEqualTo(Fixture.parsed(nobody.asString()));
  }

  private static String attendance(String company) {
    return "{\"occurrences\": [{\"recurrenceId\": \"20261006T160000Z\", \"attendance\": [\"%s\"]}]}"
        .formatted(company);
  }

  @Test
  void anotherLeadOrAMemberIsAStranger() {
    Editor other = Editor.leadOf(PIXELS);
    String draft = "/v1/meetings/0190a000-0000-7000-8000-0000000000a4";

    other.post(OBJETS, ONE).then().statusCode(403);
    other.patchAt(SERIES, "*", "{\"link\": null}").then().statusCode(403);
    other.request().header("If-Match", "*").delete(SERIES).then().statusCode(403);
    other.readAt(SERIES).then().statusCode(403);
    other.patchAt(draft, "*", "{\"link\": null}").then().statusCode(404);
    other.readAt(draft).then().statusCode(404);
    other.post("/v1/factories/nowhere/meetings", ONE).then().statusCode(404);
    Editor member = Editor.memberOf(Editor.CAPTEURS);
    member.post(OBJETS, ONE).then().statusCode(403);
    member.patchAt(SERIES, "*", "{\"link\": null}").then().statusCode(403);
    member.readAt(SERIES).then().statusCode(403);
  }

  @Test
  void theFactoryOfAMeetingNeverChanges() {
    assertThat(errors(team.patchAt(SERIES, "{\"factory\": \"jeux-serieux\"}")))
        .containsExactly("/factory never_changes");
    team.patchAt(SERIES, "{\"factory\": \"objets-connectes\"}").then().statusCode(200);
    team.post(JEUX, ONE.replaceFirst("\\{", "{\"factory\": \"objets-connectes\", "))
        .then()
        .statusCode(201)
        .body("factory", equalTo("0190a000-0000-7000-8000-0000000000f3"));
  }

  @Test
  void aLeadDeletesAMeetingAndTheTeamReadsWhatItWas() {
    String etag = lead.readAt(SERIES).header("ETag");
    lead.request().delete(SERIES).then().statusCode(428);
    lead.request().header("If-Match", etag).delete(SERIES).then().statusCode(204);

    lead.readAt(SERIES).then().statusCode(404);
    team.request()
        .get(SERIES + "/history")
        .then()
        .statusCode(200)
        .body("data[0].after", nullValue())
        .body("data[0].before.title.en", equalTo("Monthly meeting"));
    lead.request().get(SERIES + "/history").then().statusCode(403);
  }

  @Test
  void ofTwoEditorsWithOneVersionTheSecondIsToldSo() {
    String etag = lead.readAt(SERIES).header("ETag");
    lead.patchAt(SERIES, etag, "{\"link\": \"https://visio.example.org/2\"}")
        .then()
        .statusCode(200);

    team.patchAt(SERIES, etag, "{\"link\": null}").then().statusCode(412);
  }

  @Test
  void makesAMeetingOnceForOneKey() {
    Response first = lead.request().header("Idempotency-Key", "m1").body(ONE).post(OBJETS);
    Response second = lead.request().header("Idempotency-Key", "m1").body(ONE).post(OBJETS);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.<String>path("id")).isEqualTo(first.<String>path("id"));
  }

  @Test
  void theSequenceMovesWithWhatIsPublicOnly() {
    int before = sequence();
    lead.patchAt(
            SERIES,
            "{\"link\": null, \"agenda\": {\"fr\": \"Autre\"}, \"title\": {\"fr\": \"Autre\"}}")
        .then()
        .statusCode(200);
    Response private1 =
        lead.patchAt(
            SERIES,
            """
            {"occurrences": [
              {"recurrenceId": "20261006T160000Z", "minutes": "https://notes.example.org/2"},
              {"recurrenceId": "20261103T170000Z", "status": "cancelled", "link": "https://visio.example.org/3"},
              {"recurrenceId": "20261201T170000Z", "start": "2026-12-08T18:00:00+01:00", "end": "2026-12-08T19:30:00+01:00",
               "place": {"name": "Le Bouchon", "commune": "81004"}},
              {"recurrenceId": "20270105T170000Z", "minutes": "https://notes.example.org/3"}]}
            """);
    assertThat(private1.statusCode()).isEqualTo(200);
    assertThat(sequence()).isEqualTo(before);

    lead.patchAt(SERIES, "{\"end\": \"2026-10-06T20:00:00+02:00\"}").then().statusCode(200);
    assertThat(sequence()).isEqualTo(before + 1);
    lead.patchAt(
            SERIES,
            "{\"occurrences\": [{\"recurrenceId\": \"20261103T170000Z\", \"status\": \"cancelled\"}]}")
        .then()
        .statusCode(200);
    assertThat(sequence()).isEqualTo(before + 2);
  }

  private int sequence() {
    return team.request().get(SERIES).path("sequence");
  }

  @Test
  void aFactoryHasSoManyMeetingsThatAreNotOverAndNoMore() {
    String many =
        IntStream.range(0, 199)
            .mapToObj(
                i ->
                    "(gen_random_uuid(), '0190a000-0000-7000-8000-0000000000f3', 'x', now() + interval '1 day', now() + interval '2 days')")
            .collect(Collectors.joining(","));
    fixture.sql(
        "insert into meeting (id, factory, title_fr, starts_at, ends_at) select a, b::uuid, c, date_trunc('second', d), date_trunc('second', e) from (values "
            + many
            + ") v (a, b, c, d, e)");
    fixture.sql(
        "delete from meeting where id in ('0190a000-0000-7000-8000-0000000000a2', '0190a000-0000-7000-8000-0000000000a5')");
    Editor games = Editor.leadOf(PIXELS);
    String past = ONE.replace("2027", "2021");
    String soon = ONE.replace("2027", "2090");

    games.post(JEUX, soon).then().statusCode(201);
    games.post(JEUX, past).then().statusCode(201);
    String series = past.replaceFirst("\\{", "{\"rule\": \"FREQ=WEEKLY;COUNT=5\", ");
    String made = games.post(JEUX, series).path("id");
    games.post(JEUX, soon).then().statusCode(409);
    games.post(JEUX, series.replace("COUNT=5", "UNTIL=20901231")).then().statusCode(409);
    games.patchAt("/v1/meetings/" + made, "{\"rule\": \"FREQ=WEEKLY\"}").then().statusCode(409);
    lead.post(OBJETS, soon).then().statusCode(201);
  }

  /** Lists and calendars expand all of them: four that are held every day are enough. */
  @Test
  void theMeetingsOfAFactoryTakePlaceSoOftenAndNoMore() {
    Editor games = Editor.leadOf(PIXELS);
    String daily = ONE.replace("2027", "2021").replaceFirst("\\{", "{\"rule\": \"FREQ=DAILY\", ");
    for (int i = 0; i < 4; i++) {
      games.post(JEUX, daily).then().statusCode(201);
    }

    games.post(JEUX, daily).then().statusCode(409);
    games.post(JEUX, daily.replace("DAILY", "DAILY;COUNT=100")).then().statusCode(201); // over
    games.post(JEUX, daily.replace("DAILY", "YEARLY")).then().statusCode(201);
  }
}
