package fr.digital113.directory.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.testsupport.Callers;
import fr.digital113.directory.testsupport.Copy;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EventTest {
  private static final String SOIREE_ID = "0190a000-0000-7000-8000-0000000000b1";
  private static final String DRAFT_ID = "0190a000-0000-7000-8000-0000000000b2";
  private static final String SOIREE = "soiree-de-lancement";
  private static final String NIGHT = "digital-night";

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static List<String> slugs(String query) {
    Response answer = given().urlEncodingEnabled(false).get("/v1/events?" + query);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(answer.<Integer>path("page.total"))
        .isEqualTo(answer.<List<String>>path("data.slug").size());
    return answer.path("data.slug");
  }

  private static List<String> mistakes(String query) {
    Response refused = given().urlEncodingEnabled(false).get("/v1/events?lang=en&" + query);
    assertThat(refused.statusCode()).as(query).isEqualTo(400);
    return refused.path("errors.collect { it.parameter + ' ' + it.code }");
  }

  @Test
  void showsAnEventAtTwoPlacesAtOnceWithTheTimeOfTheirClocks() {
    JsonNode event = Fixture.parsed(given().get("/v1/events/" + SOIREE + "?lang=fr").asString());

    assertThat(event)
        .isEqualTo(
            fixture.item(
                "event",
                SOIREE_ID,
                """
                {"id": "0190a000-0000-7000-8000-0000000000b1",
                 "uid": "0190a000-0000-7000-8000-0000000000b1@events.digital113",
                 "slug": "soiree-de-lancement", "title": "Soirée de lancement",
                 "description": "À Toulouse et à Montpellier en même temps.",
                 "start": "2019-02-05T18:30:00+01:00", "end": "2019-02-05T22:00:00+01:00",
                 "timeZone": "Europe/Paris",
                 "places": [
                   {"name": "Halle imaginaire", "commune": {"code": "31555", "name": "Toulouse"},
                    "location": {"lat": 43.6, "lon": 1.44, "precision": "address"}},
                   {"name": null, "commune": {"code": "34172", "name": "Montpellier"},
                    "location": {"lat": 43.613441, "lon": 3.868517, "precision": "commune"}}],
                 "organiser": {"name": "Digital113", "url": "https://cluster.example.org/"},
                 "link": "https://inscription.example.org/soiree", "status": "confirmed",
                 "publication": "published", "updatedAt": "$updatedAt", "revision": $revision}
                """));
  }

  @Test
  void showsTheOtherLanguageWhereOneIsMissing() {
    given()
        .get("/v1/events/" + SOIREE + "?lang=en")
        .then()
        .body("title", equalTo("Launch evening"))
        .body("description", equalTo("À Toulouse et à Montpellier en même temps."));
    given()
        .get("/v1/events/" + NIGHT + "?lang=fr")
        .then()
        .body("title", equalTo("Digital night"))
        .body("start", equalTo("2098-07-01T18:00:00+02:00"))
        .body("places[0].commune", equalTo(null))
        .body("places[0].location", equalTo(null));
  }

  @Test
  void listsWhatIsPublishedByItsStart() {
    assertThat(slugs("sort=start")).containsExactly(SOIREE, NIGHT);
    assertThat(slugs("sort=-start")).containsExactly(NIGHT, SOIREE);
    assertThat(slugs("lang=fr")).containsExactly(SOIREE, NIGHT);
  }

  /** The evening lasts from 17:30 to 21:00 UTC, which is from 18:30 to 22:00 there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=2019-02-05T17:30:00Z&to=2019-02-05T17:30:01Z | true",
        "from=2019-02-05T20:59:59Z | true",
        "from=2019-02-05T20:59:59.9Z | true",
        "from=2019-02-05T21:00:00Z | false",
        "from=2019-02-05T22:00:00%2B01:00 | false",
        "from=2019-02-05T22:00:00+01:00 | false",
        "from=2019-02-05T21:59:00+01:00 | true",
        "to=2019-02-05T17:30:00Z | false",
        "to=2019-02-05T17:30:00.5Z | true",
        "to=2019-02-05T17:30:01Z | true",
        "from=2019-02-05&to=2019-02-06 | true",
        "to=2019-02-05 | false",
        "from=2019-02-06&to=2020-01-01 | false",
        "from=1970-01-01&to=2200-12-31 | true"
      })
  void findsWhatIsGoingOnInATimeThatEndsBeforeItsLastMoment(String query, boolean found) {
    assertThat(slugs(query).contains(SOIREE)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from=yesterday | from invalid_time",
        "from=2019-02-30 | from invalid_time",
        "from=2019-02-05T17:30:00 | from invalid_time",
        "from=1969-12-31 | from invalid_time",
        "to=2201-01-01 | to invalid_time",
        "from=%2B999999999-12-31T00:00:00Z | from invalid_time",
        "from=2020-01-01&to=2020-01-01 | to wrong_way_round",
        "from=2020-01-02&to=2020-01-01 | to wrong_way_round",
        "territory=nowhere | territory unknown_value",
        "status=over | status unknown_value",
        "sort=title | sort unknown_value",
        "sort=relevance | sort needs_text",
        "publication=draft | publication unknown_parameter",
        "fields=participants | fields unknown_value",
        "format=geojson | format unknown_value",
        "format=csv&limit=2 | limit contradiction"
      })
  void refusesWhatItDoesNotKnow(String query, String mistake) {
    assertThat(mistakes(query)).containsExactly(mistake);
  }

  @Test
  void saysWhichTimesItTakesInBothLanguages() {
    given()
        .get("/v1/events?from=x&lang=en")
        .then()
        .statusCode(400)
        .body(
            "errors[0].message",
            equalTo(
                "A day (YYYY-MM-DD) or a time with its offset (2027-01-31T18:00:00Z) is expected, from 1970 to 2200."));
    given()
        .get("/v1/events?from=x&lang=fr")
        .then()
        .body(
            "errors[0].message",
            equalTo(
                "Un jour (AAAA-MM-JJ) ou un instant avec son décalage (2027-01-31T18:00:00Z) est attendu, de 1970 à 2200."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"toulouse", "31555", "toulouse-metropole", "haute-garonne", "34", "montpellier"})
  void findsAnEventByAnyTerritoryThatAnyOfItsPlacesLiesIn(String territory) {
    assertThat(slugs("territory=" + territory)).containsExactly(SOIREE);
  }

  @Test
  void findsNothingWhereNoPlaceLies() {
    assertThat(slugs("territory=nimes")).isEmpty();
    assertThat(slugs("territory=nimes,occitanie")).containsExactly(SOIREE);
    assertThat(slugs("status=cancelled")).containsExactly(NIGHT);
    assertThat(slugs("status=cancelled,confirmed")).containsExactly(SOIREE, NIGHT);
    assertThat(slugs("status=cancelled&territory=toulouse")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "lancement, soiree-de-lancement",
    "launch, soiree-de-lancement",
    "montpellier, soiree-de-lancement",
    "halle, soiree-de-lancement",
    "haute+garonne, soiree-de-lancement",
    "digital113, soiree-de-lancement",
    "night, digital-night"
  })
  void findsAnEventByItsTextsInEitherLanguage(String text, String slug) {
    assertThat(slugs("q=" + text + "&lang=fr")).contains(slug);
    assertThat(slugs("q=" + text + "&lang=en")).contains(slug);
  }

  @Test
  void findsAllByWhatTheyAreCalledAndNoDraft() {
    assertThat(slugs("q=evenement")).containsExactly(NIGHT, SOIREE);
    assertThat(slugs("q=evenement&sort=start")).containsExactly(SOIREE, NIGHT);
    assertThat(slugs("q=zibeline")).isEmpty();
  }

  @Test
  void walksPages() {
    Response first = given().get("/v1/events?limit=1");
    first.then().body("page.total", equalTo(2)).body("data.slug", contains(SOIREE));
    Response second = given().urlEncodingEnabled(false).get(first.<String>path("page.next"));
    second.then().body("data.slug", contains(NIGHT)).body("page.next", equalTo(null));
  }

  @Test
  void aFormerSlugLeadsToTheEvent() {
    fixture.sql("update event set slug = 'lancement' where slug = ?", SOIREE);

    Response moved =
        given().redirects().follow(false).get("/v1/events/" + SOIREE + "?format=jsonld");
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.header("Location")).endsWith("/v1/events/lancement?format=jsonld");
    given().get("/v1/events/" + SOIREE_ID).then().body("slug", equalTo("lancement"));
  }

  @Test
  void isASchemaOrgEventWithItsPlaces() {
    JsonNode event =
        Fixture.parsed(given().get("/v1/events/" + SOIREE + "?format=jsonld&lang=en").asString());

    assertThat(event.path("subjectOf").path("@type").asText()).isEqualTo("CreativeWork");
    ((ObjectNode) event).remove("subjectOf");
    assertThat(event)
        .isEqualTo(
            Fixture.parsed(
                """
                {"@context": "https://schema.org", "@type": "Event",
                 "@id": "urn:uuid:0190a000-0000-7000-8000-0000000000b1", "name": "Launch evening",
                 "description": "À Toulouse et à Montpellier en même temps.",
                 "startDate": "2019-02-05T18:30:00+01:00", "endDate": "2019-02-05T22:00:00+01:00",
                 "eventStatus": "https://schema.org/EventScheduled",
                 "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
                 "location": [
                   {"@type": "Place", "name": "Halle imaginaire",
                    "address": {"@type": "PostalAddress", "addressLocality": "Toulouse", "addressCountry": "FR"},
                    "geo": {"@type": "GeoCoordinates", "latitude": 43.6, "longitude": 1.44}},
                   {"@type": "Place", "name": "Montpellier",
                    "address": {"@type": "PostalAddress", "addressLocality": "Montpellier", "addressCountry": "FR"},
                    "geo": {"@type": "GeoCoordinates", "latitude": 43.613441, "longitude": 3.868517}}],
                 "organizer": {"@type": "Organization", "name": "Digital113", "url": "https://cluster.example.org/"},
                 "url": "https://inscription.example.org/soiree",
                 "offers": {"@type": "Offer", "url": "https://inscription.example.org/soiree"}}
                """));
    JsonNode graph =
        Fixture.parsed(given().get("/v1/events?format=jsonld&lang=fr").asString()).path("@graph");
    assertThat(graph.findValuesAsText("name"))
        .contains("Événements de Digital113", "Soirée de lancement", "Digital night");
    assertThat(graph.path(2).path("eventStatus").asText())
        .isEqualTo("https://schema.org/EventCancelled");
    assertThat(graph.path(2).has("organizer")).isFalse();
    assertThat(graph.path(2).at("/location/0").has("geo")).isFalse();
  }

  @Test
  void isARowWithItsPlacesInAFile() {
    String csv =
        given()
            .urlEncodingEnabled(false)
            .get(
                "/v1/events?format=csv&lang=fr&status=confirmed&fields=slug,start,places,organiser")
            .asString();

    assertThat(csv.lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("slug,start,places,communes,organiser,organiserUrl,sourceName");
    assertThat(csv)
        .contains(
            "soiree-de-lancement,2019-02-05T17:30:00Z,\"Halle imaginaire, Toulouse|Montpellier\",31555|34172,Digital113,");
  }

  @Test
  void isSuggestedWithItsDayAndCommunes() {
    Response suggested = given().get("/v1/companies/suggest?q=lanc&lang=fr");

    assertThat(suggested.<List<String>>path("data.findAll { it.type == 'event' }.ref"))
        .containsExactly(SOIREE);
    assertThat(suggested.<String>path("data.find { it.type == 'event' }.label"))
        .isEqualTo("Soirée de lancement");
    assertThat(suggested.<String>path("data.find { it.type == 'event' }.detail"))
        .isEqualTo("2019-02-05, Toulouse, Montpellier");
    assertThat(given().get("/v1/companies/suggest?q=zib").<List<String>>path("data.type"))
        .doesNotContain("event");
  }

  @Test
  void isCopiedWithTextsOfAllLanguagesAndWhatCalendarsNeed() {
    Copy copy = Copy.of("types=event");

    assertThat(copy.items()).hasSize(2);
    assertThat(copy.items().get("event " + SOIREE_ID))
        .isEqualTo(
            fixture.item(
                "event",
                SOIREE_ID,
                """
                {"id": "0190a000-0000-7000-8000-0000000000b1", "slug": "soiree-de-lancement",
                 "title": {"fr": "Soirée de lancement", "en": "Launch evening"},
                 "description": {"fr": "À Toulouse et à Montpellier en même temps."},
                 "start": "2019-02-05T17:30:00Z", "end": "2019-02-05T21:00:00Z",
                 "places": [
                   {"name": "Halle imaginaire", "commune": "31555", "latitude": 43.6, "longitude": 1.44},
                   {"commune": "34172"}],
                 "organiser": {"name": "Digital113", "url": "https://cluster.example.org/"},
                 "link": "https://inscription.example.org/soiree", "status": "confirmed",
                 "publication": "published", "sequence": 1,
                 "uid": "0190a000-0000-7000-8000-0000000000b1@events.digital113", "timeZone": "Europe/Paris",
                 "updatedAt": "$updatedAt", "revision": $revision}
                """));
    fixture.sql("update event set status = 'cancelled' where slug = ?", SOIREE);
    assertThat(copy.follow()).containsExactly("put event " + SOIREE_ID);
    fixture.sql("update event set publication = 'archived' where slug = ?", SOIREE);
    assertThat(copy.follow()).containsExactly("unpublished event " + SOIREE_ID);
    fixture.sql("update event set title_en = 'Zibeline' where publication = 'draft'");
    assertThat(copy.follow()).isEmpty();
  }

  @Test
  void theTeamReadsDraftsAndWhatIsArchived() {
    Editor team = Editor.team();

    team.request()
        .get("/v1/events")
        .then()
        .header("Cache-Control", "private, no-store")
        .body("data.slug", contains(SOIREE, NIGHT));
    team.request()
        .get("/v1/events?publication=draft,archived")
        .then()
        .body("data.slug", contains("ancienne-rencontre", "projet-zibeline"))
        .body("data.publication", contains("archived", "draft"));
    team.request()
        .get("/v1/events?publication=draft&q=zibeline")
        .then()
        .body("data.slug", contains("projet-zibeline"));
    Response draft = team.request().get("/v1/events/" + DRAFT_ID);
    draft.then().statusCode(200).body("title", equalTo("Rencontre Zibeline"));
    assertThat(draft.header("Cache-Control")).isEqualTo("private, no-store");
  }

  @Test
  void nobodyElseLearnsOfADraft() {
    Callers.withoutRights(Editor.CAPTEURS)
        .forEach(
            (name, as) -> {
              for (String path :
                  List.of(
                      "/v1/events?sort=start",
                      "/v1/events?q=zibeline",
                      "/v1/events?from=2098-03-01&to=2098-03-02",
                      "/v1/events?territory=toulouse",
                      "/v1/events?format=csv",
                      "/v1/events?format=ndjson",
                      "/v1/events?format=jsonld",
                      "/v1/events?publication=draft",
                      "/v1/events/projet-zibeline",
                      "/v1/events/" + DRAFT_ID,
                      "/v1/events/" + DRAFT_ID + "?view=edit",
                      "/v1/events/" + DRAFT_ID + "/history",
                      "/v1/companies/suggest?q=zib",
                      "/v1/changes?types=event")) {
                Response answer = as.get().get(path);
                assertThat(answer.asString().toLowerCase(Locale.ROOT))
                    .as("%s as %s", path, name)
                    .doesNotContain("rencontre zibeline", "hôtel zibeline", "zibeline.example");
              }
              assertThat(as.get().get("/v1/events/projet-zibeline").statusCode()).isEqualTo(404);
              assertThat(as.get().get("/v1/events/" + DRAFT_ID).asString().replace(DRAFT_ID, ""))
                  .isEqualTo(
                      as.get()
                          .get("/v1/events/0190a000-0000-7000-8000-0000000000fe")
                          .asString()
                          .replace("0190a000-0000-7000-8000-0000000000fe", ""));
            });
  }
}
