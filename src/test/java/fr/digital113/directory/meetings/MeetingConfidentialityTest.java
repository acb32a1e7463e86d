package fr.digital113.directory.meetings;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import fr.digital113.directory.testsupport.Callers;
import fr.digital113.directory.testsupport.Copy;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees what of meetings, wherever they are shown. */
@QuarkusTest
class MeetingConfidentialityTest {
  private static final String ID = "0190a000-0000-7000-8000-0000000000a";
  private static final String WINDOW = "from=2026-10-01&to=2027-02-01";
  private static final List<String> READS =
      List.of(
          "/v1/meetings?" + WINDOW,
          "/v1/meetings?limit=1&" + WINDOW,
          "/v1/meetings?format=csv&" + WINDOW,
          "/v1/meetings?format=ndjson&" + WINDOW,
          "/v1/meetings?format=xlsx&" + WINDOW,
          "/v1/meetings?territory=31&factory=objets-connectes&" + WINDOW,
          "/v1/factories/objets-connectes/meetings?" + WINDOW,
          "/v1/factories/jeux-serieux/meetings?" + WINDOW,
          "/v1/meetings/" + ID + "1",
          "/v1/meetings/" + ID + "2",
          "/v1/meetings/" + ID + "3",
          "/v1/meetings/" + ID + "4",
          "/v1/meetings/" + ID + "6",
          "/v1/meetings/" + ID + "3?fields=link",
          "/v1/meetings/" + ID + "1?view=edit",
          "/v1/meetings?fields=link,minutes&" + WINDOW,
          "/v1/meetings?publication=draft&" + WINDOW,
          "/v1/changes?types=meeting",
          "/v1/companies/suggest?q=reunion",
          "/v1/companies/suggest?q=reservee");

  /** What of the fixture members alone may know of, and drafts. */
  private static final List<String> SECRETS =
      List.of(
          "secret",
          "entre membres",
          "réservé",
          "Brouillon",
          "en projet",
          "archivée",
          "\"link\"",
          "\"minutes\"",
          "\"attendance\"",
          "sante-connectee",
          ID + "3\"",
          ID + "4\"",
          ID + "5\"",
          ID + "6\"");

  private static final Editor MEMBER = Editor.memberOf("0190a000-0000-7000-8000-000000000005");
  private static final Editor LEAD = Editor.leadOf(Editor.CAPTEURS);
  private static final Editor GAMES = Editor.leadOf("0190a000-0000-7000-8000-000000000004");

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void nobodyOutsideOfTheClusterFindsAnythingOfIt() {
    for (Map.Entry<String, Supplier<RequestSpecification>> caller :
        Callers.withoutRights(Editor.ECRAN_VERT).entrySet()) { // which has left
      for (String path : READS) {
        Response answer = caller.getValue().get().get(path);

        String told =
            answer.asString().replaceFirst("\"instance\":\"[^\"]*\"", "") + answer.headers();
        SECRETS.forEach(
            secret ->
                assertThat(told).as("%s for %s", path, caller.getKey()).doesNotContain(secret));
      }
    }
  }

  @Test
  void whatIsHiddenAnswersAsWhatIsNotThere() {
    for (String id : List.of("3", "4", "5", "6", "f")) {
      Response answer = given().get("/v1/meetings/" + ID + id);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.asString().replace(ID + id, ""))
          .isEqualTo(given().get("/v1/meetings/" + ID + "e").asString().replace(ID + "e", ""));
    }
    given().get("/v1/meetings/" + ID + "4?view=edit").then().statusCode(401);
    MEMBER.readAt("/v1/meetings/" + ID + "4").then().statusCode(403);
    MEMBER.readAt("/v1/meetings/" + ID + "f").then().statusCode(403);
    GAMES.readAt("/v1/meetings/" + ID + "4").then().statusCode(404);
  }

  @Test
  void whatChangesInPrivateMovesNothingPublic() {
    List<String> reads =
        READS.stream()
            .filter(path -> given().get(path).statusCode() == 200)
            .filter(path -> !path.contains("xlsx") && !path.contains("changes")) // of the moment
            .toList();
    assertThat(reads).hasSizeGreaterThan(8);
    Copy copy = Copy.of("types=meeting");
    List<String> before = reads.stream().map(MeetingConfidentialityTest::answer).toList();

    LEAD.patchAt(
            "/v1/meetings/" + ID + "1",
            """
            {"link": "https://visio.example.org/2", "minutes": null, "occurrences": [
              {"recurrenceId": "20261103T170000Z", "status": "cancelled", "attendance": ["pixels-mediterranee"]},
              {"recurrenceId": "20261201T170000Z", "start": "2026-12-08T18:00:00+01:00", "end": "2026-12-08T19:30:00+01:00",
               "title": {"fr": "Réunion de Noël"}, "place": {"name": "Le Bouchon", "commune": "81004"}, "link": null},
              {"recurrenceId": "20270105T170000Z", "minutes": "https://notes.example.org/3"}]}
            """)
        .then()
        .statusCode(200);
    LEAD.patchAt("/v1/meetings/" + ID + "3", "{\"title\": {\"fr\": \"Autre\"}}")
        .then()
        .statusCode(200);
    LEAD.patchAt("/v1/meetings/" + ID + "4", "{\"status\": \"confirmed\"}").then().statusCode(200);
    fixture.sql("update company set name = 'Pixels' where slug = 'projet-secret'");

    assertThat(reads.stream().map(MeetingConfidentialityTest::answer).toList()).isEqualTo(before);
    assertThat(copy.follow()).isEmpty();
  }

  /** All that a reader could tell two answers apart by. */
  private static String answer(String path) {
    Response answer = given().get(path);
    return answer.header("ETag") + answer.header("Link") + answer.asString();
  }

  @Test
  void tellsCopiesOnlyThatSomethingIsGoneWhenItIsHidden() {
    Copy copy = Copy.of("types=meeting");
    assertThat(copy.items()).containsOnlyKeys("meeting " + ID + "1", "meeting " + ID + "2");

    LEAD.patchAt("/v1/meetings/" + ID + "1", "{\"visibility\": \"members\"}");

    assertThat(copy.follow()).containsExactly("unpublished meeting " + ID + "1");
    LEAD.patchAt("/v1/meetings/" + ID + "1", "{\"visibility\": \"public\"}");
    assertThat(copy.follow()).containsExactly("put meeting " + ID + "1");
    copy.assertIsFresh();
  }

  @Test
  void aMemberSeesWhatMembersShareAndNoDraft() {
    Response list = MEMBER.request().get("/v1/meetings?" + WINDOW);

    assertThat(list.header("Cache-Control")).isEqualTo("private, no-store");
    assertThat(list.<List<String>>path("data.collect { it.id[-2..-1] + ' ' + it.publication }"))
        .containsExactly(
            "a1 published",
            "a1 published",
            "a3 published",
            "a2 published",
            "a1 published",
            "a1 published");
    list.then()
        .body("data[0].link", equalTo("https://visio.example.org/objets-secret"))
        .body("data[0].minutes", equalTo("https://notes.example.org/octobre-secret"))
        .body("data[0].attendance.slug", equalTo(List.of("capteurs-d-oc", "sante-connectee")))
        .body("data[1].attendance", equalTo(List.of()))
        .body("data[1].minutes", equalTo("https://notes.example.org/serie-secret"))
        .body("data[4].link", equalTo("https://visio.example.org/noel-secret"))
        .body("data[3].attendance.name", equalTo(List.of("Pixels Méditerranée")));
    MEMBER
        .request()
        .get("/v1/meetings?publication=draft,archived&" + WINDOW)
        .then()
        .statusCode(200)
        .body("page.total", equalTo(0));
    MEMBER.request().get("/v1/meetings/" + ID + "3").then().statusCode(200);
    MEMBER
        .request()
        .get("/v1/meetings/" + ID + "1?fields=link,occurrences")
        .then()
        .body("link", equalTo("https://visio.example.org/objets-secret"))
        .body("occurrences[0].attendance.slug", hasItem("sante-connectee"));
    for (String hidden : List.of("4", "5", "6")) {
      MEMBER.request().get("/v1/meetings/" + ID + hidden).then().statusCode(404);
    }
  }

  @Test
  void aMemberExportsWhatItSees() {
    String csv =
        MEMBER.request().get("/v1/meetings?format=csv&fields=start,link&" + WINDOW).asString();

    assertThat(csv).contains("2026-11-10T09:00:00+01:00,https://visio.example.org/membres-secret,");
    MEMBER
        .request()
        .get("/v1/meetings?format=xlsx&publication=draft&" + WINDOW)
        .then()
        .statusCode(200);
  }

  @Test
  void aLeadSeesTheDraftsOfItsOwnFactoryOnly() {
    LEAD.request()
        .get("/v1/meetings?publication=draft,archived&" + WINDOW)
        .then()
        .body("data.id", equalTo(List.of(ID + "4", ID + "6")));
    GAMES
        .request()
        .get("/v1/factories/jeux-serieux/meetings?publication=draft&" + WINDOW)
        .then()
        .body("page.total", equalTo(3));
    GAMES
        .request()
        .get("/v1/factories/objets-connectes/meetings?publication=draft&" + WINDOW)
        .then()
        .body("page.total", equalTo(0));
    LEAD.request().get("/v1/meetings/" + ID + "4").then().statusCode(200);
    GAMES.request().get("/v1/meetings/" + ID + "4").then().statusCode(404);
    Editor.team()
        .request()
        .get("/v1/meetings?publication=draft,archived&" + WINDOW)
        .then()
        .body("page.total", equalTo(5));
  }

  @Test
  void whoLeavesSeesWhatEverybodyDoes() {
    fixture.sql(
        "update membership set left_on = directory_today() where company = '0190a000-0000-7000-8000-000000000005'");

    MEMBER.request().get("/v1/meetings/" + ID + "3").then().statusCode(404);
    Response list = MEMBER.request().get("/v1/meetings?" + WINDOW);
    assertThat(list.asString()).doesNotContain("secret", "attendance");
    assertThat(list.header("Cache-Control")).isEqualTo("private, no-store");
  }

  @Test
  void aCompanyThatIsHiddenSinceIsNotNamedToMembers() {
    fixture.sql("update company set publication = 'archived' where slug = 'sante-connectee'");

    LEAD.request()
        .get("/v1/meetings?" + WINDOW)
        .then()
        .body("data[0].attendance.slug", not(hasItem("sante-connectee")))
        .body("data[0].attendance.slug", hasItem("capteurs-d-oc"));
    LEAD.readAt("/v1/meetings/" + ID + "1")
        .then()
        .body("occurrences[0].attendance", hasItem("0190a000-0000-7000-8000-000000000005"));
  }
}
