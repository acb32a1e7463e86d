package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.IndexCheck;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events as the team writes them. */
@QuarkusTest
class EventWriteTest {
  private static final String EVENTS = "/v1/events";
  private static final String SOIREE = "/v1/events/soiree-de-lancement";

  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject IndexCheck check;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static List<String> mistakes(Response refused) {
    assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
    return refused.path("errors.collect { it.pointer + ' ' + it.code }");
  }

  private static JsonNode body(Response answer) {
    return Fixture.parsed(answer.asString());
  }

  private int sequence() {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select sequence from event where slug = 'soiree-de-lancement'")
                .mapTo(Integer.class)
                .one());
  }

  @Test
  void aTitleAndTimesMakeADraftThatIsPublishedLater() {
    Response made =
        team.post(
            EVENTS,
            """
            {"title": {"en": "Digital day"}, "start": "2027-03-25T08:00:00Z", "end": "2027-03-25T18:00:00+01:00"}
            """);

    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    String id = made.path("id");
    assertThat(made.header("Location")).endsWith("/v1/events/" + id);
    assertThat(body(made))
        .isEqualTo(
            Fixture.parsed(
                """
                {"id": "%s", "slug": "digital-day", "title": {"en": "Digital day"}, "description": {},
                 "start": "2027-03-25T09:00:00+01:00", "end": "2027-03-25T18:00:00+01:00",
                 "timeZone": "Europe/Paris", "places": [], "organiser": null, "link": null,
                 "status": "confirmed", "publication": "draft"}
                """
                    .formatted(id)));
    given().get("/v1/events/digital-day").then().statusCode(404);
    assertThat(team.readAt("/v1/events/" + id).header("ETag")).isEqualTo(made.header("ETag"));

    Response published = team.patchAt("/v1/events/digital-day", "{\"publication\": \"published\"}");

    assertThat(published.statusCode()).isEqualTo(200);
    given()
        .get("/v1/events/digital-day")
        .then()
        .statusCode(200)
        .body("title", equalTo("Digital day"))
        .body("revision", equalTo(Integer.valueOf(published.header("Directory-Revision"))));
  }

  @Test
  void placesAreKeptInTheirOrderAndReplacedAsAWhole() {
    Response made =
        team.post(
            EVENTS,
            """
            {"title": {"fr": "Journée", "en": "Day"}, "description": {"fr": "Une\\njournée."}, "slug": "journee",
             "start": "2027-06-01T09:00:00+02:00", "end": "2027-06-01T18:00:00+02:00",
             "places": [{"name": "Salle A", "commune": "34172", "location": {"lat": 43.61, "lon": 3.88}},
                        {"commune": "31555"}, {"name": "En ligne"}],
             "organiser": {"name": "Digital113", "url": null}, "link": "https://inscription.example.org/journee",
             "status": "tentative", "publication": "published"}
            """);

    assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
    assertThat(body(made).path("places"))
        .isEqualTo(
            Fixture.parsed(
                """
                [{"name": "Salle A", "commune": "34172", "location": {"lat": 43.61, "lon": 3.88}},
                 {"commune": "31555"}, {"name": "En ligne"}]
                """));
    assertThat(body(made).path("organiser"))
        .isEqualTo(Fixture.parsed("{\"name\": \"Digital113\"}"));

    Response patched =
        team.patchAt("/v1/events/journee", "{\"places\": [{\"commune\": \"31555\"}]}");

    patched.then().statusCode(200).body("places", hasSize(1));
    given()
        .get("/v1/events/journee")
        .then()
        .body("places.commune.code", contains("31555"))
        .body("status", equalTo("tentative"));
    assertThat(given().get("/v1/events?territory=34172&lang=fr").<List<String>>path("data.slug"))
        .doesNotContain("journee");
    assertThat(check.compare().differences()).isEmpty();
  }

  @Test
  void namesEveryMistakeWithItsPlace() {
    assertThat(
            mistakes(
                team.post(
                    EVENTS,
                    """
                    {"title": {"de": "x"}, "description": {"fr": "<script>"}, "slug": "123", "start": "2027-06-01",
                     "end": "2027-06-01T18:00:00", "timeZone": "Europe/London",
                     "places": [{}, {"commune": "99999"}, {"name": "x", "location": {"lat": 91, "lon": "3"}}, null, 4,
                       {"name": "x", "street": "y"}],
                     "organiser": {"url": "ftp://x"}, "link": "www.example.org", "status": "over",
                     "publication": "secret", "sequence": 3}
                    """)))
        .containsExactlyInAnyOrder(
            "/title required",
            "/title/de unknown_member",
            "/description/fr html",
            "/slug invalid_slug",
            "/start invalid_time",
            "/end invalid_time",
            "/timeZone read_only",
            "/places/0 required",
            "/places/1/commune unknown_commune",
            "/places/2/location/lat out_of_range",
            "/places/2/location/lon wrong_type",
            "/places/3 required",
            "/places/4 wrong_type",
            "/places/5/street unknown_member",
            "/organiser/name required",
            "/organiser/url invalid_url",
            "/link invalid_url",
            "/status unknown_value",
            "/publication unknown_value",
            "/sequence unknown_member");
    assertThat(mistakes(team.post(EVENTS, "{}")))
        .containsExactlyInAnyOrder("/title required", "/start required", "/end required");
  }

  @Test
  void anEventEndsAfterItsStartWithinAYear() {
    String body =
        "{\"title\": {\"fr\": \"x\"}, \"start\": \"2027-06-01T09:00:00+02:00\", \"end\": \"%s\"}";

    assertThat(mistakes(team.post(EVENTS, body.formatted("2027-06-01T07:00:00Z"))))
        .containsExactly("/end end_before_start");
    assertThat(mistakes(team.post(EVENTS, body.formatted("2028-06-02T09:00:00+02:00"))))
        .containsExactly("/end too_long");
    assertThat(mistakes(team.post(EVENTS, body.formatted("2027-06-01T12:00:00.5+02:00"))))
        .containsExactly("/end invalid_time");
    assertThat(mistakes(team.post(EVENTS, body.formatted("2101-06-01T12:00:00+02:00"))))
        .containsExactly("/end out_of_range");
    assertThat(mistakes(team.patchAt(SOIREE, "{\"start\": \"2019-02-05T22:00:00+01:00\"}")))
        .containsExactly("/end end_before_start");
    team.patchAt(SOIREE, "{\"start\": \"2019-02-05T21:59:59+01:00\"}").then().statusCode(200);
  }

  @Test
  void aTitleMayLoseALanguageButNotBoth() {
    assertThat(mistakes(team.patchAt(SOIREE, "{\"title\": {\"fr\": null, \"en\": null}}")))
        .containsExactly("/title required");
    assertThat(mistakes(team.patchAt(SOIREE, "{\"title\": null}")))
        .containsExactly("/title required");
    team.patchAt(SOIREE, "{\"title\": {\"fr\": null}}").then().statusCode(200);
    given().get(SOIREE + "?lang=fr").then().body("title", equalTo("Launch evening"));
  }

  @Test
  void puttingBackWhatWasReadChangesNothing() {
    Response read = team.readAt(SOIREE);
    int sequence = sequence();

    Response put =
        team.request().header("If-Match", read.header("ETag")).body(read.asString()).put(SOIREE);

    assertThat(put.statusCode()).as(put.asString()).isEqualTo(200);
    assertThat(put.header("ETag")).isEqualTo(read.header("ETag"));
    assertThat(body(put)).isEqualTo(body(read));
    assertThat(sequence()).isEqualTo(sequence);
  }

  @Test
  void theSequenceMovesWhenThoseWhoComeMustLookAgain() {
    int before = sequence();
    team.patchAt(SOIREE, "{\"description\": {\"en\": \"At once.\"}}").then().statusCode(200);
    assertThat(sequence()).isEqualTo(before);

    team.patchAt(SOIREE, "{\"status\": \"cancelled\"}").then().statusCode(200);
    assertThat(sequence()).isEqualTo(before + 1);

    team.patchAt(SOIREE, "{\"places\": [{\"commune\": \"31555\"}]}").then().statusCode(200);
    assertThat(sequence()).isGreaterThan(before + 1);
  }

  @Test
  void anEditNeedsTheVersionThatItWasMadeUpon() {
    String read = team.readAt(SOIREE).header("ETag");
    team.request().body("{}").patch(SOIREE).then().statusCode(428);
    team.request().body("{}").put(SOIREE).then().statusCode(428);
    team.request().delete(SOIREE).then().statusCode(428);
    team.patchAt(SOIREE, read, "{\"status\": \"cancelled\"}").then().statusCode(200);
    team.patchAt(SOIREE, read, "{\"status\": \"confirmed\"}").then().statusCode(412);
    String shown = team.request().get(SOIREE).header("ETag");
    team.patchAt(SOIREE, shown, "{\"status\": \"confirmed\"}").then().statusCode(200);
  }

  @Test
  void aSlugIsTakenForGood() {
    team.patchAt(SOIREE, "{\"slug\": \"lancement\"}").then().statusCode(200);

    Response moved = given().redirects().follow(false).get(SOIREE);
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.header("Location")).endsWith("/v1/events/lancement");
    for (String taken : List.of("soiree-de-lancement", "lancement")) {
      team.patchAt("/v1/events/digital-night", "{\"slug\": \"%s\"}".formatted(taken))
          .then()
          .statusCode(409)
          .body("errors[0].pointer", equalTo("/slug"))
          .body("errors[0].code", equalTo("taken"));
    }
    assertThat(
            team.post(
                    EVENTS,
                    "{\"title\": {\"fr\": \"Soirée de lancement\"}, \"start\": \"2027-06-01T09:00:00Z\", \"end\": \"2027-06-01T10:00:00Z\"}")
                .<String>path("slug"))
        .isEqualTo("soiree-de-lancement-2");
  }

  @Test
  void theSameKeyMakesOneEvent() {
    String key = UUID.randomUUID().toString();
    String event =
        "{\"title\": {\"fr\": \"Unique\"}, \"start\": \"2027-06-01T09:00:00Z\", \"end\": \"2027-06-01T10:00:00Z\"}";

    Response first = team.request().header("Idempotency-Key", key).body(event).post(EVENTS);
    Response second = team.request().header("Idempotency-Key", key).body(event).post(EVENTS);

    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(body(second)).isEqualTo(body(first));
    team.request()
        .header("Idempotency-Key", key)
        .body(event.replace("Unique", "Autre"))
        .post(EVENTS)
        .then()
        .statusCode(422)
        .body("type", equalTo("/problems/idempotency-key-reused"));
  }

  @Test
  void whoWroteWhatIsKeptAndADeletedEventIsGone() {
    String id = team.readAt(SOIREE).path("id");
    team.patchAt(SOIREE, "{\"link\": null}").then().statusCode(200);
    team.request()
        .get(SOIREE + "/history?limit=1")
        .then()
        .body("data[0].changed", contains("/link"))
        .body("data[0].before.link", equalTo("https://inscription.example.org/soiree"));

    team.request()
        .header("If-Match", team.readAt(SOIREE).header("ETag"))
        .delete(SOIREE)
        .then()
        .statusCode(204);

    given().get(SOIREE).then().statusCode(404);
    team.request()
        .get("/v1/events/" + id + "/history?limit=1")
        .then()
        .statusCode(200)
        .body("data[0].after", equalTo(null));
    assertThat(check.compare().differences()).isEmpty();
  }

  @Test
  void whatTheDatabaseCannotKeepIsAMistakeOfTheRequest() {
    String zero = "\\u0000";
    for (String each :
        List.of(
            "{\"title\": {\"fr\": \"%s\"}}",
            "{\"places\": [{\"name\": \"%s\"}]}",
            "{\"places\": [{\"commune\": \"%s\"}]}",
            "{\"organiser\": {\"name\": \"%s\"}}",
            "{\"start\": \"%s\"}")) {
      assertThat(team.patchAt(SOIREE, each.formatted(zero)).statusCode()).as(each).isEqualTo(422);
    }
    assertThat(team.readAt("/v1/events/%00").statusCode()).isIn(400, 404);
    assertThat(
            mistakes(
                team.patchAt(
                    SOIREE,
                    "{\"places\": [%s]}"
                        .formatted("{\"commune\": \"31555\"},".repeat(50) + "{\"name\": \"x\"}"))))
        .containsExactly("/places too_many_values");
  }
}
