package fr.digital113.directory.meetings;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Occurrences of meetings as everybody reads them. */
@QuarkusTest
class MeetingListTest {
  private static final String SERIES = "0190a000-0000-7000-8000-0000000000a1";
  private static final String SINGLE = "0190a000-0000-7000-8000-0000000000a2";
  private static final String WINTER = "/v1/meetings?from=2026-10-01&to=2027-02-01";

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static Response get(String path) {
    return given().header("Accept-Language", "en").urlEncodingEnabled(false).get(path);
  }

  /** Start and status of each, to the minute. */
  private static List<String> listed(String path) {
    Response answer = get(path);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.path("data.collect { it.start + ' ' + it.status }");
  }

  @Test
  void listsOccurrencesByTheirOwnStart() {
    Response answer = get(WINTER);

    assertThat(
            answer.<List<String>>path(
                "data.collect { it.id[-2..-1] + ' ' + it.recurrenceId + ' ' + it.start + ' ' + it.status }"))
        .containsExactly(
            "a1 20261006T160000Z 2026-10-06T18:00:00+02:00 confirmed",
            "a1 20261103T170000Z 2026-11-03T18:00:00+01:00 cancelled",
            "a2 null 2026-11-20T20:00:00+01:00 tentative",
            "a1 20261201T170000Z 2026-12-08T18:00:00+01:00 confirmed",
            "a1 20270105T170000Z 2027-01-05T18:00:00+01:00 confirmed");
    assertThat(answer.<Integer>path("page.total")).isEqualTo(5);
    assertThat(answer.header("Cache-Control")).startsWith("public");
  }

  @Test
  void showsWhatIsParticularAboutAnOccurrence() {
    JsonNode moved = Fixture.parsed(get(WINTER + "&territory=albi").asString()).at("/data/0");

    assertThat(moved)
        .isEqualTo(
            fixture.item(
                "meeting",
                SERIES,
                """
                {"id": "0190a000-0000-7000-8000-0000000000a1", "uid": "0190a000-0000-7000-8000-0000000000a1@events.digital113",
                 "recurrenceId": "20261201T170000Z", "series": true,
                 "factory": {"id": "0190a000-0000-7000-8000-0000000000f1", "slug": "objets-connectes", "name": "Factory Objets connectés"},
                 "title": "Réunion de Noël", "start": "2026-12-08T18:00:00+01:00", "end": "2026-12-08T19:30:00+01:00",
                 "timeZone": "Europe/Paris",
                 "place": {"name": "Le Bouchon", "commune": {"code": "81004", "name": "Albi"},
                   "location": {"lat": %s, "lon": %s, "precision": "commune"}},
                 "agenda": "Tour de table.", "visibility": "public", "status": "confirmed", "sequence": %s,
                 "updatedAt": "$updatedAt", "revision": $revision}
                """
                    .formatted(
                        moved.at("/place/location/lat"),
                        moved.at("/place/location/lon"),
                        moved.path("sequence"))));
    assertThat(moved.at("/place/location/lat").doubleValue()).isBetween(43.8, 44.0);
  }

  @Test
  void showsASingleMeetingInTheOtherLanguageWhenItHasNoText() {
    get("/v1/factories/jeux-serieux/meetings?from=2026-11-01")
        .then()
        .statusCode(200)
        .body("data.id", contains(SINGLE))
        .body("data[0].title", equalTo("Soirée de jeux"))
        .body("data[0].series", equalTo(false))
        .body("data[0].recurrenceId", nullValue())
        .body("data[0].place.name", nullValue())
        .body("data[0].place.commune.name", equalTo("Montpellier"));
  }

  @Test
  void keepsLocalTimeAcrossBothChangesOfTheClocks() {
    fixture.sql(
        """
        update meeting set rule = 'FREQ=WEEKLY', starts_at = '2026-10-06 18:00 Europe/Paris', ends_at = '2026-10-06 19:30 Europe/Paris'
        where id = ?::uuid
        """,
        SERIES);

    List<String> starts =
        get("/v1/factories/objets-connectes/meetings?from=2026-10-01&to=2027-05-01&limit=200")
            .path("data.start");

    assertThat(starts)
        .contains(
            "2026-10-20T18:00:00+02:00",
            "2026-10-27T18:00:00+01:00",
            "2027-03-23T18:00:00+01:00",
            "2027-03-30T18:00:00+02:00")
        .hasSize(30);
  }

  @ParameterizedTest
  @CsvSource({
    "territory=31, 3", // not the one in Albi
    "territory=toulouse, 3",
    "territory=occitanie, 5",
    "territory=81, 1",
    "territory=herault, 1",
    "'territory=81,34', 2",
    "territory=lozere, 0",
    "sector=iot, 4",
    "sector=edtech, 1",
    "sector=green-it, 0",
    "factory=jeux-serieux, 1",
    "'factory=jeux-serieux,objets-connectes', 5",
    "factory=0190a000-0000-7000-8000-0000000000f1&territory=81, 1",
    "factory=jeux-serieux&territory=81, 0"
  })
  void filters(String filter, int total) {
    get(WINTER + "&" + filter).then().statusCode(200).body("page.total", equalTo(total));
  }

  @Test
  void findsWhatOverlapsTheWindowAndNothingElse() {
    String single = "/v1/factories/jeux-serieux/meetings?";

    assertThat(listed(single + "from=2026-11-21&to=2026-11-22")).hasSize(1); // until 01:00
    assertThat(listed(single + "from=2026-11-21T00:00:00Z&to=2026-11-22"))
        .isEmpty(); // its very end
    assertThat(listed(single + "from=2026-11-20&to=2026-11-20T19:00:00Z"))
        .isEmpty(); // its very start
    assertThat(listed(single + "from=2026-11-20&to=2026-11-20T20:00:01+01:00")).hasSize(1);
    assertThat(listed(single + "from=2026-11-20&to=2026-11-20T20:00:01%2B01:00")).hasSize(1);
  }

  @Test
  void findsAnOccurrenceWhereItWasMovedTo() {
    String series = "/v1/factories/objets-connectes/meetings?";

    assertThat(listed(series + "from=2026-12-01&to=2026-12-08")).isEmpty();
    assertThat(listed(series + "from=2026-12-08&to=2026-12-09"))
        .containsExactly("2026-12-08T18:00:00+01:00 confirmed");
    assertThat(listed(series + "from=2026-11-03&to=2026-11-04"))
        .containsExactly("2026-11-03T18:00:00+01:00 cancelled");
  }

  @Test
  void callsOffAllOccurrencesOfASeriesThatIsCalledOff() {
    fixture.sql("update meeting set status = 'cancelled' where id = ?::uuid", SERIES);
    fixture.sql(
        "update meeting_occurrence set status = 'confirmed' where recurrence_id = '20261201T170000Z'");

    assertThat(get(WINTER + "&factory=objets-connectes").<List<String>>path("data.status"))
        .hasSize(4)
        .containsOnly("cancelled");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void pagesForwardsAndBackwardsAreTheWhole(int limit) {
    fixture.sql("update meeting set rule = 'FREQ=DAILY;COUNT=60' where id = ?::uuid", SERIES);
    fixture.sql( // at the same moments
        """
        insert into meeting (id, factory, title_fr, starts_at, ends_at, rule, publication)
        select ('0190a000-0000-7000-8000-0000000000b' || n)::uuid, factory, 'x', starts_at, ends_at, 'FREQ=DAILY;COUNT=9', 'published'
        from meeting, generate_series(1, 2) n where id = ?::uuid
        """,
        SERIES);
    String whole = "/v1/meetings?from=2026-10-05&to=2026-11-01";
    List<JsonNode> all = new ArrayList<>();
    Fixture.parsed(get(whole + "&limit=200").asString()).path("data").forEach(all::add);
    assertThat(all).hasSize(26 + 18);

    List<JsonNode> forwards = new ArrayList<>();
    String last = whole + "&limit=" + limit;
    for (String next = last; next != null; ) {
      last = next;
      JsonNode page = Fixture.parsed(get(next).asString());
      assertThat(page.at("/page/total").intValue()).isEqualTo(all.size());
      page.path("data").forEach(forwards::add);
      next = page.at("/page/next").textValue();
    }
    assertThat(forwards).isEqualTo(all);

    List<JsonNode> backwards = new ArrayList<>();
    for (String prev = last; prev != null; ) {
      JsonNode page = Fixture.parsed(get(prev).asString());
      List<JsonNode> data = new ArrayList<>();
      page.path("data").forEach(data::add);
      Collections.reverse(data);
      backwards.addAll(data);
      prev = page.at("/page/prev").textValue();
    }
    Collections.reverse(backwards);
    assertThat(backwards).isEqualTo(all);
  }

  @Test
  void aCursorStandsBetweenItemsWhateverComesAndGoes() {
    Response first = get(WINTER + "&limit=2");
    fixture.sql("delete from meeting_occurrence where recurrence_id = '20261103T170000Z'");
    fixture.sql(
        "update meeting set ends_at = ends_at + interval '1 hour' where id = ?::uuid", SERIES);

    get(first.path("page.next"))
        .then()
        .statusCode(200)
        .body("data.id", contains(SINGLE, SERIES))
        .body("page.total", equalTo(5));
    get(WINTER + "&sector=iot&cursor=" + cursor(first))
        .then()
        .statusCode(400)
        .body("type", equalTo("/problems/invalid-cursor"));
    get("/v1/meetings?from=2026-10-02&to=2027-02-01&cursor=" + cursor(first))
        .then()
        .statusCode(400);
  }

  private static String cursor(Response page) {
    return page.<String>path("page.next").replaceFirst(".*cursor=", "");
  }

  @Test
  void withoutFromBeginsTodayAndItsLinksStayThatDay() {
    fixture.sql(
        "update meeting set rule = 'FREQ=DAILY', starts_at = '2026-01-01 18:00 Europe/Paris', ends_at = '2026-01-01 19:00 Europe/Paris' where id = ?::uuid",
        SERIES);
    LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
    Response answer = get("/v1/meetings?limit=1&factory=objets-connectes");
    LocalDate still = LocalDate.now(ZoneId.of("Europe/Paris"));

    if (today.equals(still)) { // or midnight was in between
      String window = "from=%s&limit=1&to=%s".formatted(today, today.plusYears(1));
      assertThat(answer.<String>path("page.next"))
          .startsWith("/v1/meetings?factory=objets-connectes&" + window + "&cursor=");
      assertThat(answer.headers().getValues("Link"))
          .contains("</v1/meetings?factory=objets-connectes&" + window + ">; rel=\"first\"");
      assertThat(answer.<String>path("data[0].start")).startsWith(today.toString());
      assertThat(answer.header("ETag")).contains(today.toString());
      get(answer.path("page.next"))
          .then()
          .statusCode(200)
          .body("data[0].start", containsString(today.plusDays(1).toString()));
    }
  }

  @Test
  void withoutToEndsAYearLater() {
    fixture.sql("update meeting set rule = 'FREQ=DAILY' where id = ?::uuid", SERIES);

    get("/v1/factories/objets-connectes/meetings?from=2027-01-01")
        .then()
        .body("page.total", equalTo(365))
        .body("page.next", containsString("&to=2028-01-01"));
    get("/v1/factories/objets-connectes/meetings?from=2027-01-01T00:00:00%2B01:00&to=2030-01-01")
        .then()
        .body("page.total", equalTo(1096));
  }

  @ParameterizedTest
  @CsvSource({
    "from=yesterday, from invalid_time",
    "from=2026-13-01, from invalid_time",
    "from=2026-11-01T10:00:00, from invalid_time",
    "from=1969-01-01, from invalid_time",
    "to=9999-01-01, to invalid_time",
    "from=%2B12026-01-01, from invalid_time",
    "from=2026-11-02&to=2026-11-02, to wrong_way_round",
    "from=2026-11-02&to=2026-11-01, to wrong_way_round",
    "from=2026-11-01&to=2029-11-03, to out_of_range",
    "from=, from empty",
    "from=2026-11-01&from=2026-11-02, from repeated",
    "territory=nowhere, territory unknown_value",
    "sector=nothing, sector unknown_value",
    "factory=none, factory unknown_value",
    "publication=draft, publication unknown_parameter",
    "fields=link, fields unknown_value",
    "fields=attendance, fields unknown_value",
    "sort=start, sort unknown_parameter",
    "limit=201, limit out_of_range"
  })
  void refusesWhatIsNotValid(String query, String error) {
    Response refused = get("/v1/meetings?" + query);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.<List<String>>path("errors.collect { it.parameter + ' ' + it.code }"))
        .containsExactly(error);
  }

  @Test
  void aWindowMayBeThreeYearsAndADay() {
    get("/v1/meetings?from=2026-11-01&to=2029-11-02").then().statusCode(200);
  }

  @Test
  void isOfAFactoryByItsFormerSlugToo() {
    fixture.sql("update factory set slug = 'iot-factory' where slug = 'objets-connectes'");

    given()
        .redirects()
        .follow(false)
        .get("/v1/factories/objets-connectes/meetings?from=2026-10-01")
        .then()
        .statusCode(301)
        .header("Location", containsString("/v1/factories/iot-factory/meetings?from=2026-10-01"));
    get("/v1/factories/nowhere/meetings").then().statusCode(404);
  }

  @Test
  void showsWhereItIsNowWhenAFactoryIsRenamed() {
    fixture.sql("update factory set name = 'Factory Capteurs' where slug = 'objets-connectes'");
    fixture.sql(
        "update factory_sector set sector = 'fintech' where sector = 'iot' and factory = '0190a000-0000-7000-8000-0000000000f1'");

    get(WINTER + "&sector=fintech")
        .then()
        .body("page.total", equalTo(4))
        .body("data[0].factory.name", equalTo("Factory Capteurs"));
  }

  @Test
  void aSeriesIsReadAsItIsKept() {
    Response answer = get("/v1/meetings/" + SERIES);

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode series = Fixture.parsed(answer.asString());
    assertThat(series)
        .isEqualTo(
            fixture.item(
                "meeting",
                SERIES,
                """
                {"id": "0190a000-0000-7000-8000-0000000000a1", "uid": "0190a000-0000-7000-8000-0000000000a1@events.digital113",
                 "factory": {"id": "0190a000-0000-7000-8000-0000000000f1", "slug": "objets-connectes", "name": "Factory Objets connectés"},
                 "title": "Monthly meeting", "start": "2026-10-06T18:00:00+02:00", "end": "2026-10-06T19:30:00+02:00",
                 "timeZone": "Europe/Paris", "rule": "FREQ=MONTHLY;BYDAY=1TU",
                 "place": %s, "agenda": "Tour de table.", "visibility": "public", "status": "confirmed", "sequence": %s,
                 "occurrences": [
                   {"recurrenceId": "20261103T170000Z", "status": "cancelled"},
                   {"recurrenceId": "20261201T170000Z", "start": "2026-12-08T18:00:00+01:00",
                    "end": "2026-12-08T19:30:00+01:00", "title": "Réunion de Noël", "place": %s}],
                 "updatedAt": "$updatedAt", "revision": $revision}
                """
                    .formatted(
                        series.path("place"),
                        series.path("sequence"),
                        series.at("/occurrences/1/place"))));
    get("/v1/meetings/" + SERIES + "?fields=rule,start")
        .then()
        .body("size()", equalTo(2))
        .body("rule", equalTo("FREQ=MONTHLY;BYDAY=1TU"));
    get("/v1/meetings/" + SERIES + "?fields=recurrenceId").then().statusCode(400);
    get("/v1/meetings/0190a000-0000-7000-8000-0000000000ff").then().statusCode(404);
  }

  @Test
  void oneWhoseRuleNobodyUnderstandsEndsNoList() {
    fixture.sql("update meeting set rule = 'FREQ=FORTNIGHTLY' where id = ?::uuid", SINGLE);

    get(WINTER).then().statusCode(200).body("page.total", equalTo(4));
  }

  @Test
  void answersInEveryFormat() {
    String csv = get(WINTER + "&format=csv&fields=start,place,status").asString();
    assertThat(csv.lines().map(line -> line.replaceFirst(",Digital113.*", "")))
        .startsWith(
            "start,place,commune,communeName,latitude,longitude,status,sourceName,sourceDate,licence")
        .hasSize(6)
        .anyMatch(line -> line.startsWith("2026-12-08T18:00:00+01:00,Le Bouchon,81004,Albi,"));
    assertThat(get(WINTER + "&format=ndjson").asString().lines()).hasSize(5);
    assertThat(get(WINTER + "&format=xlsx").statusCode()).isEqualTo(200);
    assertThat(get(WINTER + "&format=csv").header("Content-Disposition"))
        .matches("attachment; filename=\"meetings-from-2026-10-01-to-2027-02-01-en-.*-r\\d+.csv\"");
    assertThat(get("/v1/meetings?format=csv&territory=31").header("Content-Disposition"))
        .contains("meetings-");
  }
}
