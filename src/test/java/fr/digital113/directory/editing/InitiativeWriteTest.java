package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the team and the leads of a Factory write of its initiatives. */
@QuarkusTest
class InitiativeWriteTest {
  private static final String OBJETS = "/v1/factories/objets-connectes/initiatives";
  private static final String JEUX = "/v1/factories/jeux-serieux/initiatives";
  private static final String BANC = "/v1/initiatives/banc-d-essai-partage";
  private static final String REPONSE = "/v1/initiatives/reponse-commune";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";
  private static final String NEW =
      "{\"kind\": \"collective_action\", \"title\": {\"fr\": \"Achats groupés\"}}";

  private final Editor team = Editor.team();
  private final Editor lead = Editor.leadOf(Editor.CAPTEURS);
  private final ExecutorService editors = Executors.newFixedThreadPool(2);

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @AfterEach
  void stop() {
    editors.shutdown();
  }

  @Test
  void aLeadAddsOneToItsFactoryWhateverTheBodySays() {
    Response made =
        lead.post(
            OBJETS,
            """
            {"kind": "collaborative_project", "title": {"fr": "Achats groupés", "en": "Joint purchasing"},
             "factory": "jeux-serieux", "status": "running", "startedOn": "2026-02-01",
             "partners": [{"name": "Chambre des Capteurs"}, {"company": "pixels-mediterranee"}],
             "publication": "published"}
            """);

    assertThat(made.statusCode()).isEqualTo(201);
    String id = made.path("id");
    assertThat(made.header("Location")).endsWith("/v1/initiatives/" + id);
    assertThat(Fixture.parsed(made.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {"id": "%s", "slug": "achats-groupes", "kind": "collaborative_project",
                 "title": {"fr": "Achats groupés", "en": "Joint purchasing"}, "summary": {}, "status": "running",
                 "factory": "0190a000-0000-7000-8000-0000000000f1",
                 "partners": [{"name": "Chambre des Capteurs"}, {"company": "0190a000-0000-7000-8000-000000000004"}],
                 "startedOn": "2026-02-01", "endedOn": null, "outcome": {}, "publication": "published"}
                """
                    .formatted(id)));
    given().get("/v1/initiatives/achats-groupes").then().statusCode(200);
    assertThat(given().get("/v1/factories/objets-connectes").<Integer>path("initiatives.total"))
        .isEqualTo(3);
  }

  @Test
  void aNewOneIsADraftThatIsProposed() {
    lead.post(OBJETS, NEW)
        .then()
        .statusCode(201)
        .body("status", equalTo("proposed"))
        .body("publication", equalTo("draft"));
    given().get("/v1/initiatives/achats-groupes").then().statusCode(404);
    lead.post(OBJETS, NEW).then().statusCode(201).body("slug", equalTo("achats-groupes-2"));
    team.post(JEUX, "{\"kind\": \"collective_action\", \"title\": {\"en\": \"42\"}}")
        .then()
        .statusCode(201)
        .body("slug", equalTo("initiative-42"));
  }

  @Test
  void isMadeOnceWithOneKey() {
    Supplier<Response> send =
        () -> lead.request().header("Idempotency-Key", "achats-1").body(NEW).post(OBJETS);
    String first = send.get().path("id");
    assertThat(send.get().<String>path("id")).isEqualTo(first);
    lead.request()
        .header("Idempotency-Key", "achats-1")
        .body("{}")
        .post(OBJETS)
        .then()
        .statusCode(422);
  }

  @Test
  void whoDoesNotLeadTheFactoryMakesNothingThere() {
    lead.post(JEUX, NEW).then().statusCode(403);
    Editor.memberOf(Editor.CAPTEURS).post(OBJETS, NEW).then().statusCode(403);
    given().contentType("application/json").body(NEW).post(OBJETS).then().statusCode(401);
    lead.post("/v1/factories/absente/initiatives", NEW).then().statusCode(404);
    team.post("/v1/factories/absente/initiatives", NEW).then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                 | /kind required, /title required
          {"kind": "project", "title": {}}                                   | /kind unknown_value, /title required
          {"kind": "collective_action", "title": {"fr": "<b>A</b>"}}         | /title/fr html
          {"kind": "collective_action", "title": {"fr": "A"}, "partners": [{"company": "projet-secret"}, {"company": "ecran-vert"}, {"company": "absente"}]} | /partners/0/company unknown_company, /partners/1/company unknown_company, /partners/2/company unknown_company
          {"kind": "collective_action", "title": {"fr": "A"}, "partners": [{"company": "sante-connectee", "name": "X"}, {}, {"name": "Y", "url": "no"}]} | /partners/0/name contradiction, /partners/1/name required, /partners/2/url invalid_url
          {"kind": "collective_action", "title": {"fr": "A"}, "partners": [{"company": "sante-connectee"}, {"company": "0190a000-0000-7000-8000-000000000005"}, {"name": "Y"}, {"name": "Y"}]} | /partners/1/company repeated, /partners/3/name repeated
          {"kind": "collective_action", "title": {"fr": "A"}, "startedOn": "2999-01-01", "status": "running"} | /startedOn in_the_future
          {"kind": "collective_action", "title": {"fr": "A"}, "zzz": 1}      | /zzz unknown_member
          """)
  void tellsWhatIsWrong(String body, String errors) {
    Response refused = lead.post(OBJETS, body);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
        .containsExactlyInAnyOrder(errors.split(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"status": "proposed"}                                            | /startedOn not_begun
          {"status": "proposed", "startedOn": null}                         |
          {"status": "proposed", "startedOn": null, "endedOn": "2026-01-01"}| /endedOn not_ended
          {"startedOn": null}                                               | /startedOn required
          {"endedOn": "2026-01-01"}                                         | /endedOn not_ended
          {"status": "done"}                                                | /endedOn required
          {"status": "done", "startedOn": null, "endedOn": "2026-01-01"}    | /startedOn required
          {"status": "done", "endedOn": "2025-08-31"}                       | /endedOn ended_before_started
          {"status": "done", "endedOn": "2025-09-01"}                       |
          {"status": "dropped"}                                             | /endedOn required
          {"status": "dropped", "startedOn": null, "endedOn": "2026-01-01"} |
          {"status": "dropped", "endedOn": "2026-01-01"}                    |
          """)
  void statusAndDaysGoTogether(String patch, @org.jspecify.annotations.Nullable String error) {
    Response answer = lead.patchAt(REPONSE, patch);

    if (error == null) {
      assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    } else {
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.<List<String>>path("errors.collect { it.pointer + ' ' + it.code }"))
          .containsExactly(error);
    }
  }

  @Test
  void aLeadWritesAllButTheFactory() {
    Response edited =
        lead.patchAt(
            REPONSE,
            """
            {"slug": "reponse", "title": {"en": "Joint answer"}, "summary": {"fr": "Ensemble."}, "status": "done",
             "endedOn": "2026-03-31", "outcome": {"fr": "Gagné."}, "partners": [{"company": "sante-connectee"}]}
            """);
    edited
        .then()
        .statusCode(200)
        .body("slug", equalTo("reponse"))
        .body("title.fr", equalTo("Réponse commune"));
    given().redirects().follow(false).get(REPONSE).then().statusCode(301);

    lead.patchAt("/v1/initiatives/reponse", "{\"factory\": \"jeux-serieux\"}")
        .then()
        .statusCode(403)
        .body("errors.pointer", contains("/factory"))
        .body("errors.code", contains("team_only"));
    team.patchAt("/v1/initiatives/reponse", "{\"factory\": \"jeux-serieux\"}")
        .then()
        .statusCode(200)
        .body("factory", equalTo("0190a000-0000-7000-8000-0000000000f3"));
    lead.readAt("/v1/initiatives/reponse").then().statusCode(403);
    Editor.leadOf(PIXELS).readAt("/v1/initiatives/reponse").then().statusCode(200);
    team.patchAt("/v1/initiatives/reponse", "{\"factory\": \"absente\"}")
        .then()
        .statusCode(422)
        .body("errors.code", contains("unknown_factory"));
  }

  @Test
  void aPutEmptiesWhatItLeavesOutAndKeepsWhereItIs() {
    lead.request()
        .header("If-Match", lead.readAt(BANC).header("ETag"))
        .body(
            "{\"kind\": \"collaborative_project\", \"title\": {\"fr\": \"Banc\"}, \"startedOn\": \"2023-02-01\", \"endedOn\": \"2024-06-30\"}")
        .put(BANC)
        .then()
        .statusCode(200)
        .body("slug", equalTo("banc-d-essai-partage"))
        .body("status", equalTo("done"))
        .body("factory", equalTo("0190a000-0000-7000-8000-0000000000f1"))
        .body("publication", equalTo("published"))
        .body("partners", hasSize(0))
        .body("title.en", equalTo(null));
  }

  @Test
  void aPartnerMayStayWhateverItHasBecome() {
    fixture.sql("update company set publication = 'archived' where slug = 'sante-connectee'");
    Response read = lead.readAt(BANC);
    assertThat(read.<List<Object>>path("partners")).hasSize(3);

    lead.patchAt(
            BANC,
            "{\"partners\": [{\"company\": \"sante-connectee\"}, {\"company\": \"%s\"}]}"
                .formatted(Editor.SECRET))
        .then()
        .statusCode(200)
        .body("partners", hasSize(2));
    lead.patchAt(REPONSE, "{\"partners\": [{\"company\": \"sante-connectee\"}]}")
        .then()
        .statusCode(422);
  }

  @Test
  void twoEditorsWithOneVersionDoNotOverwriteEachOther() {
    String etag = lead.readAt(BANC).header("ETag");
    team.patchAt(BANC, etag, "{\"summary\": {\"fr\": \"Un.\"}}").then().statusCode(200);
    lead.patchAt(BANC, etag, "{\"summary\": {\"fr\": \"Deux.\"}}").then().statusCode(412);
    lead.request().body("{}").patch(BANC).then().statusCode(428);
  }

  @Test
  void isDeletedByALeadAndRememberedForTheTeam() {
    lead.request()
        .header("If-Match", lead.readAt(BANC).header("ETag"))
        .delete(BANC)
        .then()
        .statusCode(204);
    given().get(BANC).then().statusCode(404);
    team.request()
        .get("/v1/initiatives/0190a000-0000-7000-8000-0000000000c1/history")
        .then()
        .statusCode(200)
        .body("data[0].after", equalTo(null));
    lead.request().get(REPONSE + "/history").then().statusCode(403);
  }

  @Test
  void aFactoryThatHasInitiativesIsNotDeleted() {
    team.post("/v1/factories", "{\"name\": \"Factory Neuve\"}").then().statusCode(201);
    team.post("/v1/factories/factory-neuve/initiatives", NEW).then().statusCode(201);
    Response refused =
        team.request()
            .header("If-Match", team.readAt("/v1/factories/factory-neuve").header("ETag"))
            .delete("/v1/factories/factory-neuve");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.<String>path("detail")).contains("has initiatives");

    fixture.sql("delete from initiative where slug = 'achats-groupes'");
    team.request()
        .header("If-Match", team.readAt("/v1/factories/factory-neuve").header("ETag"))
        .delete("/v1/factories/factory-neuve")
        .then()
        .statusCode(204);
  }

  /** Two leads are replaced while a request of one of them is on its way. */
  private Response whileTheLeadIsReplaced(Supplier<Response> request) throws Exception {
    Future<Response> sent;
    try (Handle replacing = jdbi.open()) {
      replacing.begin();
      replacing.execute(
          "select from factory where slug = 'objets-connectes' for update"); // as writes begin
      replacing.execute(
          "update factory_lead set until = directory_today() where company = ?::uuid",
          Editor.CAPTEURS);
      replacing.execute(
          """
          insert into factory_lead (factory, company, since)
          select id, ?::uuid, directory_today() from factory where slug = 'objets-connectes'
          """,
          PIXELS);
      sent = editors.submit(request::get);
      awaitThatItWaits(sent);
      replacing.commit();
    }
    return sent.get();
  }

  private void awaitThatItWaits(Future<Response> sent) {
    while (!sent.isDone()
        && !jdbi.withHandle(
            database ->
                database
                    .createQuery(
                        "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())")
                    .mapTo(Boolean.class)
                    .one())) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoIsReplacedWhileTheRequestIsOnItsWayMakesNothing() throws Exception {
    Response refused = whileTheLeadIsReplaced(() -> lead.post(OBJETS, NEW));

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.<String>path("detail")).contains("does not lead");
    assertThat(given().get(OBJETS).<Integer>path("page.total")).isEqualTo(2);
    Editor.leadOf(PIXELS).post(OBJETS, NEW).then().statusCode(201);
  }

  @Test
  void whoIsReplacedWhileTheRequestIsOnItsWayChangesNothing() throws Exception {
    String etag = lead.readAt(REPONSE).header("ETag");
    Response refused =
        whileTheLeadIsReplaced(
            () -> lead.patchAt(REPONSE, etag, "{\"summary\": {\"fr\": \"Trop tard.\"}}"));

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(team.readAt(REPONSE).<String>path("summary.fr")).isNull();
  }

  @Test
  void whoIsReplacedWhileTheRequestIsOnItsWayDeletesNothing() throws Exception {
    String etag = lead.readAt(REPONSE).header("ETag");
    Response refused =
        whileTheLeadIsReplaced(() -> lead.request().header("If-Match", etag).delete(REPONSE));

    assertThat(refused.statusCode()).isEqualTo(404);
    given().get(REPONSE).then().statusCode(200);
  }
}
