package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a member changes of its own company, and what it proposes. */
@QuarkusTest
class MemberEditTest {
  private static final String SLUG = "capteurs-d-oc";

  private final Editor team = Editor.team();
  private final Editor member = Editor.memberOf(Editor.CAPTEURS);

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void whatDescribesItGoesLiveAtOnce() {
    Response edited =
        member.patch(
            SLUG,
            """
            {"description": {"fr": "Mieux."}, "website": "https://mieux.example.org/", "email": "a@example.org",
             "phone": "0536490009", "logo": null, "social": {}, "hiring": false, "exportMarkets": ["IT"],
             "foundedYear": 2011, "headcount": 41}
            """);

    edited.then().statusCode(200).body("headcount", equalTo(41)).body("proposals", nullValue());
    given()
        .get("/v1/companies/" + SLUG)
        .then()
        .body("description", equalTo("Mieux."))
        .body("exportMarkets", contains("IT"));
  }

  /** A slug of that form would let a member of one company read and write another. */
  @Test
  void noCompanyIsCalledByTheIdOfAnother() {
    team.patch(SLUG, "{\"slug\": \"" + Editor.ECRAN_VERT + "\"}")
        .then()
        .statusCode(422)
        .body("errors.code", contains("invalid_slug"));
    Response named =
        team.post(
            "/v1/companies",
            "{\"name\": \"%s\", \"commune\": \"31555\", \"sectors\": [\"iot\"]}"
                .formatted(Editor.ECRAN_VERT));
    named.then().statusCode(201).body("slug", equalTo("entreprise-" + Editor.ECRAN_VERT));
    Editor newcomer = Editor.memberOf(named.path("id"));

    assertThat(newcomer.read(Editor.ECRAN_VERT).statusCode()).isIn(403, 404);
    assertThat(newcomer.read(named.<String>path("id")).statusCode()).isEqualTo(200);
  }

  @Test
  void noCharacterThatTheDatabaseLacksIsAnError() {
    for (String path :
        List.of("/v1/companies/%00", "/v1/companies/a%00/history", "/v1/proposals/%00")) {
      for (Editor editor : List.of(team, member)) {
        assertThat(editor.request().urlEncodingEnabled(false).get(path + "?view=edit").statusCode())
            .as(path)
            .isEqualTo(404);
      }
    }
    assertThat(
            team.request().urlEncodingEnabled(false).get("/v1/proposals?company=%00").statusCode())
        .isEqualTo(400);
  }

  @Test
  void whatAMemberReadsIsKeptByNoCache() {
    assertThat(member.request().get("/v1/companies/" + SLUG).header("Cache-Control"))
        .isEqualTo("private, no-store");
    assertThat(given().get("/v1/companies/" + SLUG).header("Cache-Control")).startsWith("public");
  }

  @Test
  void nameSectorsAndAddressWaitForTheTeam() {
    Response edited =
        member.patch(
            SLUG,
            """
            {"phone": "0536490009", "name": "Capteurs Neufs", "sectors": ["fintech"], "address": "2 rue du Transistor",
             "location": {"lat": 43.61, "lon": 1.45}}
            """);

    assertThat(edited.statusCode()).isEqualTo(200);
    assertThat(edited.<String>path("phone")).isEqualTo("0536490009");
    assertThat(edited.<String>path("name")).isEqualTo("Capteurs d'Oc");
    assertThat(edited.<List<String>>path("proposals.topic"))
        .containsExactly("name", "address", "sectors");
    assertThat(edited.<List<String>>path("proposals.find { it.topic == 'address' }.fields"))
        .containsExactly("address", "location");
    assertThat(edited.headers().getValues("Link"))
        .allMatch(link -> link.contains("rel=\"proposal\""));
    assertThat(given().get("/v1/companies/" + SLUG).<String>path("name"))
        .isEqualTo("Capteurs d'Oc");
  }

  private String propose(String body) {
    Response edited = member.patch(SLUG, body);
    assertThat(edited.statusCode()).isEqualTo(202);
    return edited.path("proposals[0].href");
  }

  @Test
  void whatTheTeamAcceptsIsApplied() {
    String proposal = propose("{\"name\": \"Capteurs Neufs\"}");

    team.request()
        .post(proposal + "/accept")
        .then()
        .statusCode(200)
        .body("status", equalTo("accepted"))
        .body("decidedBy", equalTo("admin key"));
    given().get("/v1/companies/" + SLUG).then().body("name", equalTo("Capteurs Neufs"));
    team.request().post(proposal + "/accept").then().statusCode(409);
    member
        .request()
        .get(proposal)
        .then()
        .body("status", equalTo("accepted"))
        .body("actor", nullValue());
  }

  @Test
  void aProposalIsNotAppliedOverWhatHasChangedSince() {
    String proposal = propose("{\"name\": \"Capteurs Neufs\"}");
    team.patch(SLUG, "{\"name\": \"Capteurs Occitans\"}").then().statusCode(200);

    team.request()
        .post(proposal + "/accept")
        .then()
        .statusCode(409)
        .body("errors[0].pointer", equalTo("/name"));
    given().get("/v1/companies/" + SLUG).then().body("name", equalTo("Capteurs Occitans"));
    team.request().get(proposal).then().body("status", equalTo("open"));
  }

  @Test
  void otherEditsDoNotStandInItsWay() {
    String proposal = propose("{\"sectors\": [\"fintech\", \"iot\"]}");
    team.patch(SLUG, "{\"phone\": null}").then().statusCode(200);

    team.request().post(proposal + "/accept").then().statusCode(200);
    given().get("/v1/companies/" + SLUG).then().body("sectors.slug", contains("fintech", "iot"));
  }

  @Test
  void aRefusalSaysWhy() {
    String proposal = propose("{\"name\": \"Capteurs Neufs\"}");
    team.post(proposal + "/refuse", "{}").then().statusCode(422);

    team.post(proposal + "/refuse", "{\"reason\": \"Ce nom est pris.\"}").then().statusCode(200);
    member
        .request()
        .get(proposal)
        .then()
        .body("status", equalTo("refused"))
        .body("reason", equalTo("Ce nom est pris."));
  }

  @Test
  void aMemberWithdrawsItsOwn() {
    String proposal = propose("{\"name\": \"Capteurs Neufs\"}");

    Editor.memberOf(Editor.ECRAN_VERT).request().get(proposal).then().statusCode(404);
    Editor.memberOf(Editor.ECRAN_VERT).request().delete(proposal).then().statusCode(404);
    member.request().delete(proposal).then().statusCode(204);
    member.request().delete(proposal).then().statusCode(409);
    member.request().post(proposal + "/accept").then().statusCode(403);
  }

  @Test
  void aLaterProposalReplacesTheOneBefore() {
    String first = propose("{\"name\": \"Capteurs Un\"}");
    String second = propose("{\"name\": \"Capteurs Deux\"}");
    String again = propose("{\"name\": \"Capteurs Deux\"}");

    assertThat(again).isEqualTo(second);
    team.request().get(first).then().body("status", equalTo("replaced"));
  }

  @Test
  void theTeamListsWhatWaits() {
    String first = propose("{\"name\": \"Capteurs Un\"}");
    String second = propose("{\"sectors\": [\"fintech\"]}");

    Response page =
        team.request()
            .queryParam("status", "open")
            .queryParam("company", SLUG)
            .queryParam("limit", 1)
            .get("/v1/proposals");
    page.then().statusCode(200).body("page.total", equalTo(2));
    assertThat("/v1/proposals/" + page.path("data[0].id")).isEqualTo(second);
    Response next = team.request().get(page.<String>path("page.next"));
    assertThat("/v1/proposals/" + next.path("data[0].id")).isEqualTo(first);
    assertThat(next.<String>path("page.next")).isNull();
    Editor other = Editor.memberOf(Editor.ECRAN_VERT);
    other.request().get("/v1/proposals").then().body("page.total", equalTo(0));
    other.request().queryParam("company", SLUG).get("/v1/proposals").then().statusCode(400);
  }

  @Test
  void whatIsTheTeamsIsRefusedAndNothingIsChanged() {
    Response refused =
        member.patch(
            SLUG,
            """
            {"phone": "0536490009", "siren": null, "siret": null, "slug": "x", "publication": "archived",
             "legalName": "Y"}
            """);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.<List<String>>path("errors.pointer"))
        .containsExactlyInAnyOrder("/slug", "/legalName", "/siren", "/siret", "/publication");
    assertThat(member.read(SLUG).<String>path("phone")).isEqualTo("+33536490001");
  }

  @Test
  void othersCompaniesAreNotEdited() {
    member.patch("ecran-vert", "*", "{\"phone\": null}").then().statusCode(403);
    member.patch("projet-secret", "*", "{\"phone\": null}").then().statusCode(404);
    member.read("projet-secret").then().statusCode(404);
    member.read("ecran-vert").then().statusCode(403);
    member.post("/v1/companies", "{}").then().statusCode(403);
    member.request().header("If-Match", "*").delete("/v1/companies/" + SLUG).then().statusCode(403);
    member.request().get("/v1/companies/" + SLUG + "/history").then().statusCode(403);
    Editor.memberOf(Editor.SECRET).read("projet-secret").then().statusCode(200);
  }
}
