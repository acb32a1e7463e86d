package fr.digital113.directory.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the two companies that lead a Factory may write of it. */
@QuarkusTest
class FactoryLeadEditTest {
  private static final String OBJETS = "/v1/factories/objets-connectes";
  private static final String JEUX = "/v1/factories/jeux-serieux";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";

  private final Editor team = Editor.team();
  private final Editor lead = Editor.leadOf(Editor.CAPTEURS);

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void aLeadChangesMissionAndParticipants() {
    Response patched =
        lead.patchAt(
            OBJETS,
            "{\"mission\": {\"en\": \"Sensors.\"}, \"participants\": [\"pixels-mediterranee\"]}");

    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(Fixture.parsed(patched.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {"id": "0190a000-0000-7000-8000-0000000000f1", "slug": "objets-connectes",
                 "name": "Factory Objets connectés",
                 "mission": {"fr": "Partager bancs d'essai et retours d'expérience.", "en": "Sensors."},
                 "sectors": ["iot"], "status": "active",
                 "leads": [{"company": "0190a000-0000-7000-8000-000000000001", "since": "2022-04-07"},
                           {"company": "0190a000-0000-7000-8000-000000000003", "since": "2023-01-10"}],
                 "participants": ["0190a000-0000-7000-8000-000000000004"]}
                """));
    assertThat(lead.readAt(OBJETS).header("ETag")).isEqualTo(patched.header("ETag"));
  }

  @Test
  void aLeadMayNotTouchTheRest() {
    Response refused =
        lead.patchAt(
            OBJETS,
            """
            {"name": "Mine", "slug": "mine", "sectors": ["fintech"], "status": "closed", "leads": [],
             "mission": {"fr": "Prise."}}
            """);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
        .containsExactlyInAnyOrder(
            "/name team_only",
            "/slug team_only",
            "/sectors team_only",
            "/status team_only",
            "/leads team_only");
    assertThat(team.readAt(OBJETS).<String>path("mission.fr"))
        .isEqualTo("Partager bancs d'essai et retours d'expérience.");
    lead.request()
        .header("If-Match", "*")
        .body("{\"name\": \"X\"}")
        .put(OBJETS)
        .then()
        .statusCode(403);
    lead.request().header("If-Match", "*").delete(OBJETS).then().statusCode(403);
  }

  @Test
  void aLeadMayRepeatWhatItDoesNotChange() {
    lead.patchAt(OBJETS, lead.readAt(OBJETS).asString())
        .then()
        .statusCode(200)
        .body("status", equalTo("active"));
  }

  @Test
  void aLeadFindsOutNothingAboutDraftsByNamingThem() {
    Response draft = lead.patchAt(OBJETS, "{\"participants\": [\"projet-secret\"]}");
    Response nobody = lead.patchAt(OBJETS, "{\"participants\": [\"projet-inconnu\"]}");

    assertThat(draft.statusCode()).isEqualTo(422);
    assertThat(Fixture.parsed(draft.asString())).isEqualTo(Fixture.parsed(nobody.asString()));
  }

  @Test
  void aLeadFindsOutNothingByNamingLeads() {
    for (String ref : List.of("projet-secret", "projet-inconnu", "ecran-vert", Editor.SECRET)) {
      Response refused =
          lead.patchAt(OBJETS, "{\"leads\": [{\"company\": \"%s\"}]}".formatted(ref));

      assertThat(refused.statusCode()).as(ref).isEqualTo(403);
      assertThat(refused.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
          .containsExactly("/leads team_only");
    }
  }

  @Test
  void noMemberInsideALeadIsUnknown() {
    team.patchAt(
            OBJETS, "{\"leads\": [{\"company\": \"capteurs-d-oc\", \"sinec\": \"2024-01-01\"}]}")
        .then()
        .statusCode(422)
        .body("errors.pointer", contains("/leads/0/sinec"))
        .body("errors.code", contains("unknown_member"));
    assertThat(team.readAt(OBJETS).<List<String>>path("leads.company")).hasSize(2);
  }

  @Test
  void aLeadOfAnotherFactoryIsAStranger() {
    lead.patchAt(JEUX, "*", "{\"mission\": null}").then().statusCode(403);
    lead.readAt(JEUX).then().statusCode(403);
    lead.patchAt("/v1/factories/nowhere", "*", "{}").then().statusCode(404);
    // A member of a leading company is no lead by that.
    Editor.memberOf(Editor.CAPTEURS)
        .patchAt(OBJETS, "*", "{\"mission\": null}")
        .then()
        .statusCode(403);
  }

  @Test
  void aLeadWhoseLeadHasEndedIsNoneAnyMore() {
    String etag = lead.readAt(OBJETS).header("ETag");
    team.patchAt(OBJETS, "{\"leads\": [{\"company\": \"finances-occitanes\"}]}")
        .then()
        .statusCode(200);

    lead.patchAt(OBJETS, etag, "{\"mission\": null}").then().statusCode(403);
    lead.patchAt(OBJETS, "*", "{\"mission\": null}").then().statusCode(403);
    lead.readAt(OBJETS).then().statusCode(403);
    team.patchAt(
            JEUX,
            "{\"leads\": [{\"company\": \"%s\"}, {\"company\": \"%s\"}]}"
                .formatted(PIXELS, Editor.CAPTEURS))
        .then()
        .statusCode(200)
        .body("leads.company", contains(PIXELS, Editor.CAPTEURS));
    lead.patchAt(JEUX, "{\"mission\": {\"fr\": \"Jouer.\"}}").then().statusCode(200);
  }

  @Test
  void aLeadWhoseCompanyLeavesTheClusterIsNoneAnyMore() {
    fixture.sql(
        "update membership set left_on = directory_today() where company = ?::uuid",
        Editor.CAPTEURS);

    lead.patchAt(OBJETS, "*", "{\"mission\": null}").then().statusCode(403);
    assertThat(team.readAt(OBJETS).<String>path("status")).isEqualTo("needs_lead");
  }
}
