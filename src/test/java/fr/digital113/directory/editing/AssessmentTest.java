package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What those who take part in a workshop say of the plans of others. */
@QuarkusTest
class AssessmentTest {
  private static final String HELD = "/v1/workshops/0190a000-0000-7000-8000-0000000000b5";
  private static final String PLANNED = "/v1/workshops/0190a000-0000-7000-8000-0000000000b6";
  private static final String DRAFT = "/v1/workshops/0190a000-0000-7000-8000-0000000000b7";
  private static final String ARCHIVED = "/v1/workshops/0190a000-0000-7000-8000-0000000000b8";
  private static final String FINANCES = "0190a000-0000-7000-8000-000000000003";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";
  private static final String SANTE = "0190a000-0000-7000-8000-000000000005";
  private static final String SAID =
      """
      {"viability": 5, "durability": 3, "conclusion": {"viability": "Oui.", "durability": "Presque.\\nÀ revoir."}}
      """;

  private final Editor capteurs = Editor.memberOf(Editor.CAPTEURS);
  private final Editor finances = Editor.memberOf(FINANCES);
  private final Editor team = Editor.team();

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  private static String of(String workshop, String presenter) {
    return workshop + "/assessments/" + presenter;
  }

  private static Response give(Editor who, String path, String etag, String body) {
    return who.request().header("If-Match", etag).body(body).put(path);
  }

  private static Response takeBack(Editor who, String path, String etag) {
    return who.request().header("If-Match", etag).delete(path);
  }

  private static String read(Editor who, String workshop) {
    return who.request().get(workshop).header("ETag");
  }

  private static JsonNode body(Response answer) {
    return Fixture.parsed(answer.asString());
  }

  private static List<String> mistakes(Response refused) {
    assertThat(refused.statusCode()).as(refused.asString()).isEqualTo(422);
    return refused.path("errors.collect { it.pointer + ' ' + it.code }");
  }

  @Test
  void aCompanySaysOfAnothersPlanWhatThoseWhoWereThereRead() {
    Response given = give(finances, of(HELD, "pixels-mediterranee"), read(finances, HELD), SAID);

    assertThat(given.statusCode()).as(given.asString()).isEqualTo(201);
    assertThat(given.header("Cache-Control")).isEqualTo("private, no-store");
    assertThat(body(given))
        .isEqualTo(
            Fixture.parsed(
                """
                {"presenter": {"id": "0190a000-0000-7000-8000-000000000004", "slug": "pixels-mediterranee", "name": "Pixels Méditerranée"},
                 "assessor": {"id": "0190a000-0000-7000-8000-000000000003", "slug": "finances-occitanes", "name": "Finances Occitanes"},
                 "viability": 5, "durability": 3, "conclusion": {"viability": "Oui.", "durability": "Presque.\\nÀ revoir."}}
                """));
    for (Editor insider : List.of(capteurs, finances, Editor.memberOf(PIXELS), team)) {
      Response seen = insider.request().get(HELD);
      assertThat(body(seen).path("assessments").path(1)).isEqualTo(body(given));
      seen.then().body("revision", equalTo(Integer.valueOf(given.header("Directory-Revision"))));
    }
  }

  @Test
  void theVersionOfTheAnswerIsForTheNextWrite() {
    Response first = give(finances, of(HELD, PIXELS), read(finances, HELD), SAID);
    Response second =
        give(finances, of(HELD, PIXELS), first.header("ETag"), SAID.replace("Oui", "Non"));
    Response same =
        give(finances, of(HELD, PIXELS), second.header("ETag"), SAID.replace("Oui", "Non"));

    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(same.statusCode()).isEqualTo(200);
    assertThat(same.header("ETag")).isEqualTo(second.header("ETag"));
    assertThat(takeBack(finances, of(HELD, PIXELS), same.header("ETag")).statusCode())
        .isEqualTo(204);
    finances.request().get(HELD).then().body("assessments", hasSize(1));
  }

  @Test
  void isKeptInTheNameOfWhoSaidIt() {
    give(finances, of(HELD, PIXELS), "*", SAID).then().statusCode(201);

    team.request()
        .get(HELD + "/history?limit=1")
        .then()
        .body("data[0].actor", startsWith("user:"))
        .body("data[0].changed", contains("/assessments"));
    assertThat(finances.request().get(HELD + "/history").statusCode()).isEqualTo(403);
  }

  @Test
  void aCompanyTakesBackItsOwnAlone() {
    give(capteurs, of(HELD, PIXELS), "*", SAID).then().statusCode(201);

    assertThat(takeBack(capteurs, of(HELD, Editor.CAPTEURS), "*").statusCode()).isEqualTo(404);
    assertThat(takeBack(capteurs, of(HELD, PIXELS), read(capteurs, HELD)).statusCode())
        .isEqualTo(204);
    assertThat(takeBack(capteurs, of(HELD, PIXELS), "*").statusCode()).isEqualTo(404);

    team.request()
        .get(HELD)
        .then()
        .body("assessments.assessor.slug", contains("finances-occitanes"));
    assertThat(takeBack(finances, of(HELD, "CAPTEURS-D-OC"), read(finances, HELD)).statusCode())
        .isEqualTo(204);
    team.request().get(HELD).then().body("assessments", hasSize(0));
  }

  @Test
  void needsTheVersionThatWasRead() {
    String read = read(finances, HELD);
    finances.request().body(SAID).put(of(HELD, PIXELS)).then().statusCode(428);
    finances.request().delete(of(HELD, Editor.CAPTEURS)).then().statusCode(428);
    give(capteurs, of(HELD, PIXELS), read(capteurs, HELD), SAID).then().statusCode(201);

    assertThat(give(finances, of(HELD, PIXELS), read, SAID).statusCode()).isEqualTo(412);
    assertThat(takeBack(finances, of(HELD, Editor.CAPTEURS), read).statusCode()).isEqualTo(412);
    assertThat(give(finances, of(HELD, PIXELS), read(finances, HELD), SAID).statusCode())
        .isEqualTo(201);
  }

  @Test
  void ofThoseWhoReadTheSameOneIsTheFirst() {
    String read = read(finances, HELD);
    Executor threads = task -> new Thread(task, "assessor").start();
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (Editor who : List.of(finances, capteurs)) {
      all.add(
          CompletableFuture.supplyAsync(
              () -> give(who, of(HELD, PIXELS), read, SAID).statusCode(), threads));
    }

    assertThat(all.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(201, 412);
  }

  @Test
  void isNotOfOnesOwnPlanNorOfWhoPresentsNone() {
    give(capteurs, of(HELD, Editor.CAPTEURS), "*", SAID)
        .then()
        .statusCode(409)
        .body("detail", equalTo("A company does not assess its own plan."));
    for (String none : List.of("finances-occitanes", "sante-connectee", "nobody", "%00", DRAFT)) {
      assertThat(
              capteurs
                  .request()
                  .urlEncodingEnabled(!none.startsWith("%"))
                  .header("If-Match", "*")
                  .body(SAID)
                  .put(HELD + "/assessments/{presenter}", none)
                  .statusCode())
          .as(none)
          .isIn(400, 404);
    }
  }

  @Test
  void beginsWithTheWorkshopUnlessItIsCancelled() {
    give(capteurs, of(PLANNED, SANTE), read(capteurs, PLANNED), SAID)
        .then()
        .statusCode(409)
        .body("detail", equalTo("Plans are assessed from the start of the workshop on."));
    fixture.sql(
        "update workshop set starts_at = date_trunc('second', now()) where subject_fr like '%cent%'");
    give(capteurs, of(PLANNED, SANTE), read(capteurs, PLANNED), SAID).then().statusCode(201);
    fixture.sql("update workshop set status = 'cancelled' where subject_fr like '%cent%'");
    give(capteurs, of(PLANNED, SANTE), "*", SAID)
        .then()
        .statusCode(409)
        .body("detail", equalTo("This workshop is cancelled."));
    assertThat(takeBack(capteurs, of(PLANNED, SANTE), "*").statusCode()).isEqualTo(204);
  }

  @Test
  void namesEveryMistakeWithItsPlace() {
    assertThat(
            mistakes(
                give(
                    finances,
                    of(HELD, PIXELS),
                    "*",
                    "{\"viability\": 6, \"durability\": 2.5, \"conclusion\": {\"viability\": \"<b>x</b>\", \"price\": 1}, \"by\": 1}")))
        .containsExactlyInAnyOrder(
            "/viability out_of_range",
            "/durability wrong_type",
            "/conclusion/viability html",
            "/conclusion/durability required",
            "/conclusion/price unknown_member",
            "/by unknown_member");
    assertThat(mistakes(give(finances, of(HELD, PIXELS), "*", "{\"viability\": 0}")))
        .containsExactlyInAnyOrder(
            "/viability out_of_range", "/durability required", "/conclusion required");
    assertThat(mistakes(give(finances, of(HELD, PIXELS), "*", SAID.replace("Oui", "\\u0000"))))
        .containsExactly("/conclusion/viability control_character");
    assertThat(
            mistakes(give(finances, of(HELD, PIXELS), "*", SAID.replace("Oui", "x".repeat(5_001)))))
        .containsExactly("/conclusion/viability too_long");
    assertThat(give(finances, of(HELD, PIXELS), "*", "[]").statusCode()).isEqualTo(422);
    team.request().get(HELD).then().body("assessments", hasSize(1));
  }

  @Test
  void isForMembersOfCompaniesThatTakePart() {
    for (String path : List.of(of(HELD, PIXELS), of(HELD, "nobody"))) {
      assertThat(give(Editor.memberOf(SANTE), path, "*", SAID).statusCode()).isEqualTo(403);
      assertThat(give(Editor.leadOf(FINANCES), path, "*", SAID).statusCode()).isEqualTo(403);
      assertThat(give(team, path, "*", SAID).statusCode()).isEqualTo(403);
      assertThat(
              given()
                  .header("If-Match", "*")
                  .contentType("application/json")
                  .body(SAID)
                  .put(path)
                  .statusCode())
          .isEqualTo(401);
    }
    fixture.sql(
        "update membership set left_on = directory_today() where company = ?::uuid", FINANCES);
    assertThat(give(finances, of(HELD, PIXELS), "*", SAID).statusCode()).isEqualTo(403);
    assertThat(takeBack(finances, of(HELD, Editor.CAPTEURS), "*").statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsNotPublishedIsNotThereForThoseWhoTakePart() {
    for (String hidden : List.of(DRAFT, ARCHIVED)) {
      Response refused = give(capteurs, of(hidden, Editor.CAPTEURS), "*", SAID);
      Response absent =
          give(capteurs, of(hidden.replace("b7", "ff").replace("b8", "ff"), PIXELS), "*", SAID);

      assertThat(refused.statusCode()).isEqualTo(404);
      assertThat(refused.<String>path("detail")).isEqualTo(absent.<String>path("detail"));
      assertThat(takeBack(finances, of(hidden, Editor.CAPTEURS), "*").statusCode()).isEqualTo(404);
      assertThat(capteurs.request().get(hidden).statusCode()).isEqualTo(404);
    }
  }
}
