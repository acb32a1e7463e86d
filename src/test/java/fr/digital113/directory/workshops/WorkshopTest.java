package fr.digital113.directory.workshops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.testsupport.Copy;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What everybody, those who take part, and the team read of workshops. */
@QuarkusTest
class WorkshopTest {
  private static final String HELD = "0190a000-0000-7000-8000-0000000000b5";
  private static final String PLANNED = "0190a000-0000-7000-8000-0000000000b6";
  private static final String DRAFT = "0190a000-0000-7000-8000-0000000000b7";
  private static final String ARCHIVED = "0190a000-0000-7000-8000-0000000000b8";
  private static final String FINANCES = "0190a000-0000-7000-8000-000000000003";
  private static final String SANTE = "0190a000-0000-7000-8000-000000000005";
  private static final String WORKSHOPS = "/v1/workshops";

  private static final String INSIDE =
      """
      {"participatingCompanies": [
         {"id": "0190a000-0000-7000-8000-000000000001", "slug": "capteurs-d-oc", "name": "Capteurs d'Oc"},
         {"id": "0190a000-0000-7000-8000-000000000003", "slug": "finances-occitanes", "name": "Finances Occitanes"},
         {"id": "0190a000-0000-7000-8000-000000000004", "slug": "pixels-mediterranee", "name": "Pixels Méditerranée"}],
       "presenters": [
         {"company": {"id": "0190a000-0000-7000-8000-000000000001", "slug": "capteurs-d-oc", "name": "Capteurs d'Oc"},
          "subject": "Filiale Axolotl", "targetMarkets": ["NO", "FI"]},
         {"company": {"id": "0190a000-0000-7000-8000-000000000004", "slug": "pixels-mediterranee", "name": "Pixels Méditerranée"},
          "subject": "Studio Ocelot", "targetMarkets": ["BR", "NO"]}],
       "targetMarkets": ["BR", "FI", "NO"],
       "assessments": [
         {"presenter": {"id": "0190a000-0000-7000-8000-000000000001", "slug": "capteurs-d-oc", "name": "Capteurs d'Oc"},
          "assessor": {"id": "0190a000-0000-7000-8000-000000000003", "slug": "finances-occitanes", "name": "Finances Occitanes"},
          "viability": 4, "durability": 2,
          "conclusion": {"viability": "Faisable, dit Wombat.", "durability": "Fragile, dit Numbat."}}]}
      """;

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private JsonNode publicOne() {
    return fixture.item(
        "workshop",
        HELD,
        """
        {"id": "0190a000-0000-7000-8000-0000000000b5",
         "uid": "0190a000-0000-7000-8000-0000000000b5@events.digital113", "date": "2026-02-11",
         "start": "2026-02-11T09:30:00+01:00", "end": "2026-02-11T12:30:00+01:00", "timeZone": "Europe/Paris",
         "place": {"name": "Salle imaginaire", "commune": {"code": "34172", "name": "Montpellier"},
                   "location": {"lat": 43.613441, "lon": 3.868517, "precision": "commune"}},
         "subject": "Selling abroad", "status": "held", "participants": 3, "publication": "published",
         "updatedAt": "$updatedAt", "revision": $revision}
        """);
  }

  private static JsonNode body(Response answer) {
    return Fixture.parsed(answer.asString());
  }

  @Test
  void everybodySeesThatItTakesPlaceAndHowManyTakePart() {
    assertThat(body(given().get(WORKSHOPS + "/" + HELD + "?lang=en"))).isEqualTo(publicOne());
    given()
        .get(WORKSHOPS + "/" + HELD + "?lang=fr")
        .then()
        .body("subject", equalTo("Vendre à l'étranger"));
    given()
        .get(WORKSHOPS + "/" + PLANNED + "?lang=en")
        .then()
        .body("subject", equalTo("Passer à cent salariés"))
        .body("start", equalTo("2098-05-05T09:30:00+02:00"));
  }

  @Test
  void whoTakesPartAndTheTeamSeeWhoElseDoesAndWhatWasSaid() {
    for (Editor insider :
        List.of(
            Editor.memberOf(Editor.CAPTEURS),
            Editor.memberOf(FINANCES),
            Editor.leadOf(FINANCES),
            Editor.team())) {
      Response answer = insider.request().get(WORKSHOPS + "/" + HELD);

      assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store");
      ObjectNode expected = publicOne().deepCopy();
      expected.setAll((ObjectNode) Fixture.parsed(INSIDE));
      ObjectNode shown = (ObjectNode) body(answer);
      expected.set("revision", shown.path("revision"));
      expected.set("updatedAt", shown.path("updatedAt"));
      assertThat(shown).isEqualTo(expected);
      insider
          .request()
          .get(WORKSHOPS + "/" + HELD + "?fields=targetMarkets,participants")
          .then()
          .body("targetMarkets", contains("BR", "FI", "NO"))
          .body("participants", equalTo(3))
          .body("id", equalTo(null));
    }
  }

  @Test
  void aListShowsAMemberMoreOfThoseItTakesPartInAlone() {
    Response list = Editor.memberOf(FINANCES).request().get(WORKSHOPS);

    assertThat(list.header("Cache-Control")).isEqualTo("private, no-store");
    list.then()
        .body("page.total", equalTo(2))
        .body("data.id", contains(HELD, PLANNED))
        .body("data[0].assessments[0].conclusion.viability", equalTo("Faisable, dit Wombat."));
    JsonNode items = body(list).path("data");
    assertThat(items.path(1))
        .isEqualTo(body(given().header("Accept-Language", "en").get(WORKSHOPS + "/" + PLANNED)));
    String csv = Editor.memberOf(FINANCES).request().get(WORKSHOPS + "?format=csv").asString();
    assertThat(csv.lines().toList()).hasSize(3);
    assertThat(csv.lines().findFirst().orElseThrow())
        .contains("participatingCompanies,presenters,targetMarkets,assessments");
    assertThat(csv)
        .contains(
            "capteurs-d-oc|finances-occitanes|pixels-mediterranee,"
                + "capteurs-d-oc=Filiale Axolotl|pixels-mediterranee=Studio Ocelot,BR|FI|NO,"
                + "\"capteurs-d-oc/finances-occitanes=4,2\"")
        .doesNotContain("Tamarin");
  }

  @Test
  void theTeamsListHoldsWhatIsNotPublishedWhenItAsks() {
    Editor team = Editor.team();
    team.request().get(WORKSHOPS).then().body("data.id", contains(HELD, PLANNED));
    team.request()
        .get(WORKSHOPS + "?publication=draft,archived&sort=-start")
        .then()
        .body("data.id", contains(DRAFT, ARCHIVED))
        .body("data[1].assessments[0].conclusion.viability", equalTo("Infaisable, dit Quokka."));
    String file = team.request().get(WORKSHOPS + "?format=ndjson&publication=draft").asString();
    assertThat(file).contains("Plan Quetzal");
  }

  @Test
  void publicFilesHaveColumnsOfEverybodyAlone() {
    String csv = given().get(WORKSHOPS + "?format=csv&lang=en").asString();

    assertThat(csv.lines().findFirst().orElseThrow())
        .isEqualTo(
            "id,uid,date,start,end,timeZone,place,communeCode,communeName,subject,status,participants,"
                + "publication,updatedAt,revision,sourceName,sourceDate,licence");
    assertThat(csv)
        .contains("2026-02-11,2026-02-11T08:30:00Z,2026-02-11T11:30:00Z")
        .contains("Salle imaginaire,34172,Montpellier,Selling abroad,held,3,published");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status=held | b5",
        "status=held,planned | b5 b6",
        "status=cancelled | ''",
        "territory=herault | b5",
        "territory=toulouse-metropole | b6",
        "territory=occitanie&sort=-start | b6 b5",
        "from=2026-02-11&to=2026-02-12 | b5",
        "from=2026-02-11T11:30:00Z | b6",
        "to=2026-02-11T08:30:00Z | ''",
        "from=2026-02-11T11:29:59Z&to=2026-02-11T11:30:00Z | b5"
      })
  void findsWorkshopsByWhatEverybodySees(String query, String found) {
    List<String> ids =
        given().urlEncodingEnabled(false).get(WORKSHOPS + "?" + query).path("data.id");

    assertThat(String.join(" ", ids.stream().map(id -> id.substring(34)).toList()))
        .isEqualTo(found);
    assertThat(
            Editor.memberOf(SANTE)
                .request()
                .urlEncodingEnabled(false)
                .get(WORKSHOPS + "?" + query)
                .<List<String>>path("data.id"))
        .isEqualTo(ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status=over | status unknown_value",
        "from=x | from invalid_time",
        "from=2026-01-01&to=2025-01-01 | to wrong_way_round",
        "sort=subject | sort unknown_value",
        "q=axolotl | q unknown_parameter",
        "presenter=capteurs-d-oc | presenter unknown_parameter",
        "publication=draft | publication unknown_parameter",
        "fields=presenters | fields unknown_value",
        "format=jsonld | format unknown_value"
      })
  void refusesWhatItDoesNotKnow(String query, String mistake) {
    Response refused = given().urlEncodingEnabled(false).get(WORKSHOPS + "?lang=en&" + query);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.<List<String>>path("errors.collect { it.parameter + ' ' + it.code }"))
        .containsExactly(mistake);
  }

  @Test
  void aMemberWalksPages() {
    Editor member = Editor.memberOf(Editor.CAPTEURS);
    Response first = member.request().get(WORKSHOPS + "?limit=1");
    first.then().body("data.id", contains(HELD)).body("page.total", equalTo(2));
    Response second =
        member.request().urlEncodingEnabled(false).get(first.<String>path("page.next"));
    second
        .then()
        .body("data.id", contains(PLANNED))
        .body("data[0].presenters[0].subject", equalTo("Plan Tamarin"));
    String tag = first.header("ETag");
    member
        .request()
        .header("If-None-Match", tag)
        .get(WORKSHOPS + "?limit=1")
        .then()
        .statusCode(304);
    fixture.sql(
        "update workshop_assessment set viability = 5 where viability_conclusion like '%Wombat%'");
    member
        .request()
        .header("If-None-Match", tag)
        .get(WORKSHOPS + "?limit=1")
        .then()
        .statusCode(200)
        .body("data[0].assessments[0].viability", equalTo(5));
  }

  @Test
  void aCompanyThatIsHiddenSinceIsNotNamedToThoseWhoWereThere() {
    fixture.sql("update company set publication = 'archived' where slug = 'pixels-mediterranee'");

    Editor.memberOf(FINANCES)
        .request()
        .get(WORKSHOPS + "/" + HELD)
        .then()
        .body("participants", equalTo(3))
        .body("participatingCompanies.slug", contains("capteurs-d-oc", "finances-occitanes", null))
        .body("presenters[1].company.name", equalTo(null))
        .body("presenters[1].subject", equalTo("Studio Ocelot"));
    fixture.sql(
        "update company set publication = 'published', name = 'Pixels Nouveaux' where slug = 'pixels-mediterranee'");
    Editor.memberOf(FINANCES)
        .request()
        .get(WORKSHOPS + "/" + HELD)
        .then()
        .body("presenters[1].company.name", equalTo("Pixels Nouveaux"));
  }

  @Test
  void whoeverIsNoMemberAnyMoreReadsAsEverybody() {
    fixture.sql(
        "update membership set left_on = directory_today() where company = ?::uuid", FINANCES);

    Response answer = Editor.memberOf(FINANCES).request().get(WORKSHOPS + "/" + HELD);

    assertThat(body(answer)).isEqualTo(publicOne());
  }

  @Test
  void isCopiedAsEverybodySeesIt() {
    Copy copy = Copy.of("types=workshop");

    assertThat(copy.items()).hasSize(2);
    assertThat(copy.items().get("workshop " + HELD))
        .isEqualTo(
            fixture.item(
                "workshop",
                HELD,
                """
                {"id": "0190a000-0000-7000-8000-0000000000b5",
                 "subject": {"fr": "Vendre à l'étranger", "en": "Selling abroad"},
                 "start": "2026-02-11T08:30:00Z", "end": "2026-02-11T11:30:00Z",
                 "place": {"name": "Salle imaginaire", "commune": "34172"}, "status": "held",
                 "publication": "published", "sequence": 0, "participants": 3,
                 "uid": "0190a000-0000-7000-8000-0000000000b5@events.digital113", "timeZone": "Europe/Paris",
                 "updatedAt": "$updatedAt", "revision": $revision}
                """));
  }
}
