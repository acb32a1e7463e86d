package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the team writes sectors. */
@QuarkusTest
class SectorWriteTest {
  private static final String QUANTIQUE = "/v1/sectors/quantique";
  private static final String NEW =
      """
      {"slug": "quantique", "label": {"fr": "Informatique quantique", "en": "Quantum computing"},
       "naf": [{"code": "62.01z"}, {"code": "62.10Y", "nomenclature": "NAF2025"}, {"code": "58.29A"}, {"code": "62.01Z"}]}
      """;

  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @AfterEach
  void leaveTheSectorsAsTheyWere() {
    fixture.load();
    fixture.sql("delete from sector where slug in ('quantique', 'autre')");
    fixture.sql("update sector set label_en = 'Internet of Things' where slug = 'iot'");
  }

  private static List<String> mistakes(Response refused) {
    assertThat(refused.statusCode()).isEqualTo(422);
    return refused.path("errors.collect { it.pointer + ' ' + it.code }");
  }

  @Test
  void aNewSectorIsThereForEverybody() {
    Response made = team.post("/v1/sectors", NEW);

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.header("Location")).endsWith(QUANTIQUE);
    assertThat(Fixture.parsed(made.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {"slug": "quantique", "label": {"fr": "Informatique quantique", "en": "Quantum computing"},
                 "naf": [{"code": "58.29A", "nomenclature": "NAFRev2"}, {"code": "62.01Z", "nomenclature": "NAFRev2"},
                         {"code": "62.10Y", "nomenclature": "NAF2025"}]}
                """));
    given()
        .header("Accept-Language", "en")
        .get(QUANTIQUE)
        .then()
        .statusCode(200)
        .body("label", equalTo("Quantum computing"))
        .body("naf.code", contains("58.29A", "62.01Z", "62.10Y"))
        .body("revision", equalTo(Integer.valueOf(made.header("Directory-Revision"))));
    team.patch("ecran-vert", "{\"sectors\": [\"quantique\"]}").then().statusCode(200);
    team.post("/v1/sectors", NEW)
        .then()
        .statusCode(409)
        .body("errors[0].pointer", equalTo("/slug"))
        .body("errors[0].code", equalTo("taken"));
  }

  @Test
  void namesEveryMistakeWithItsPlace() {
    assertThat(
            mistakes(
                team.post(
                    "/v1/sectors",
                    """
                    {"slug": "Été", "label": {"fr": "<b>x", "de": "x"}, "x": 1,
                     "naf": [{"code": "99.99X"}, {"nomenclature": "NAFRev3"}, "62.01Z", null, {"code": "62.01Z", "y": 1}]}
                    """)))
        .containsExactlyInAnyOrder(
            "/slug invalid_slug",
            "/label/fr html",
            "/label/en required",
            "/label/de unknown_member",
            "/naf/0/code unknown_naf",
            "/naf/1/code required",
            "/naf/1/nomenclature unknown_value",
            "/naf/2 wrong_type",
            "/naf/3 required",
            "/naf/4/y unknown_member",
            "/x unknown_member");
    assertThat(mistakes(team.post("/v1/sectors", "{}")))
        .containsExactlyInAnyOrder("/slug required", "/label required");
  }

  @Test
  void aLabelChangesWhereverItIsShown() {
    team.patchAt("/v1/sectors/iot", "{\"label\": {\"en\": \"Connected objects\"}}")
        .then()
        .statusCode(200)
        .body("label.fr", equalTo("Internet des objets"))
        .body("label.en", equalTo("Connected objects"));

    given()
        .header("Accept-Language", "en")
        .get("/v1/companies/capteurs-d-oc")
        .then()
        .body("sectors[0].label", equalTo("Connected objects"));
    assertThat(mistakes(team.patchAt("/v1/sectors/iot", "{\"label\": {\"en\": null}}")))
        .containsExactly("/label/en required");
    assertThat(mistakes(team.patchAt("/v1/sectors/iot", "{\"label\": null}")))
        .containsExactly("/label required");
  }

  @Test
  void theSlugNeverChanges() {
    team.post("/v1/sectors", NEW).then().statusCode(201);

    assertThat(mistakes(team.patchAt(QUANTIQUE, "{\"slug\": \"autre\"}")))
        .containsExactly("/slug never_changes");
    Response put =
        team.request()
            .header("If-Match", "*")
            .body("{\"label\": {\"fr\": \"Quantique\", \"en\": \"Quantum\"}}")
            .put(QUANTIQUE);
    assertThat(Fixture.parsed(put.asString()))
        .isEqualTo(
            Fixture.parsed(
                "{\"slug\": \"quantique\", \"label\": {\"fr\": \"Quantique\", \"en\": \"Quantum\"}, \"naf\": []}"));
  }

  @Test
  void puttingBackWhatWasReadChangesNothing() {
    team.post("/v1/sectors", NEW);
    Response read = team.readAt(QUANTIQUE);

    Response put =
        team.request().header("If-Match", read.header("ETag")).body(read.asString()).put(QUANTIQUE);

    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.header("ETag")).isEqualTo(read.header("ETag"));
  }

  @Test
  void oneInUseIsNotDeleted() {
    Response refused = team.request().header("If-Match", "*").delete("/v1/sectors/iot");

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.<String>path("detail"))
        .isEqualTo("4 companies and 1 Factories have this sector: give them another one first.");
    given().get("/v1/sectors/iot").then().statusCode(200);
    fixture.sql("delete from company_sector where sector = 'fintech'");
    assertThat(
            team.request()
                .header("If-Match", "*")
                .delete("/v1/sectors/fintech")
                .<String>path("detail"))
        .isEqualTo("The cluster names this sector (strengths, otherSectors).");
  }

  @Test
  void oneThatNobodyHasIsDeleted() {
    String etag = team.post("/v1/sectors", NEW).header("ETag");

    team.request().delete(QUANTIQUE).then().statusCode(428);
    team.request()
        .header("If-Match", "\"1.00000000.edit\"")
        .delete(QUANTIQUE)
        .then()
        .statusCode(412);
    team.request().header("If-Match", etag).delete(QUANTIQUE).then().statusCode(204);
    given().get(QUANTIQUE).then().statusCode(404);
    team.patchAt(QUANTIQUE, "*", "{}").then().statusCode(404);
  }

  @Test
  void theSameKeyMakesOneSector() {
    String key = UUID.randomUUID().toString();

    for (int i = 0; i < 2; i++) {
      team.request()
          .header("Idempotency-Key", key)
          .body(NEW)
          .post("/v1/sectors")
          .then()
          .statusCode(201)
          .body("slug", equalTo("quantique"));
    }
  }

  @Test
  void oneThatIsDeletedMeanwhileIsGivenToNobody() throws Exception {
    team.post("/v1/sectors", NEW).then().statusCode(201);
    ExecutorService editor = Executors.newSingleThreadExecutor();
    try (Handle deleting = jdbi.open()) {
      deleting.begin();
      deleting.execute("delete from sector where slug = 'quantique'");
      Future<Response> edit =
          editor.submit(() -> team.patch("ecran-vert", "*", "{\"sectors\": [\"quantique\"]}"));
      while (!edit.isDone() && !someWait()) {
        Thread.onSpinWait();
      }
      deleting.commit();

      assertThat(edit.get().statusCode()).isEqualTo(409);
      assertThat(edit.get().<String>path("detail"))
          .isEqualTo("A sector is in use, or has just been deleted; read again and start over.");
    } finally {
      editor.shutdown();
    }
  }

  @Test
  void oneThatTheClusterIsAboutToNameIsNotDeleted() throws Exception {
    team.post("/v1/sectors", NEW).then().statusCode(201);
    ExecutorService editors = Executors.newFixedThreadPool(2);
    String before =
        jdbi.withHandle(
            database ->
                database.select("select document::text from cluster").mapTo(String.class).one());
    try (Handle slow = jdbi.open()) {
      slow.begin();
      slow.execute("lock table audit_image in share mode"); // the write waits with all that it read
      Future<Response> naming =
          editors.submit(
              () ->
                  team.patchAt(
                      "/v1/cluster", "*", "{\"otherSectors\": [{\"slug\": \"quantique\"}]}"));
      while (!naming.isDone() && waiting() < 1) {
        Thread.onSpinWait();
      }
      Future<Response> deleting =
          editors.submit(() -> team.request().header("If-Match", "*").delete(QUANTIQUE));
      while (!deleting.isDone() && waiting() < 2) {
        Thread.onSpinWait();
      }
      slow.commit();

      assertThat(naming.get().statusCode()).isEqualTo(200);
      assertThat(deleting.get().statusCode()).isEqualTo(409);
    } finally {
      editors.shutdown();
      fixture.sql("update cluster set document = ?::jsonb", before);
    }
  }

  private int waiting() {
    return jdbi.withHandle(
        database ->
            database
                .select(
                    "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                .mapTo(Integer.class)
                .one());
  }

  private boolean someWait() {
    return jdbi.withHandle(
        database ->
            database
                .select(
                    "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())")
                .mapTo(Boolean.class)
                .one());
  }
}
