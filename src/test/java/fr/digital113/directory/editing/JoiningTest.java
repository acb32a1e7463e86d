package fr.digital113.directory.editing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member asks to join a Factory, and who leads it decides. */
@QuarkusTest
class JoiningTest {
  private static final String FACTORY = "/v1/factories/objets-connectes";
  private static final String REQUESTS = FACTORY + "/requests";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";
  private static final String SANTE = "0190a000-0000-7000-8000-000000000005";
  private static final String FINANCES = "0190a000-0000-7000-8000-000000000003";

  private final Editor team = Editor.team();
  private final Editor lead = Editor.leadOf(Editor.CAPTEURS);
  private final Editor otherLead = Editor.leadOf(FINANCES);
  private final Editor pixels = Editor.memberOf(PIXELS);
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

  private String asked() {
    return REQUESTS + "/" + pixels.post(REQUESTS, "{}").<String>path("id");
  }

  private static List<String> companies() {
    return given().get(FACTORY + "/companies").path("data.slug");
  }

  @Test
  void aMemberAsksAndALeadAccepts() {
    fixture.sql("update factory_state set valid_from = '2023-01-10'");
    Response made = pixels.post(REQUESTS, "{\"message\": \"Nos capteurs de geste.\"}");

    String id = made.path("id");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.header("Location")).endsWith(REQUESTS + "/" + id);
    assertThat(Fixture.parsed(made.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {"id": "%s",
                 "factory": {"id": "0190a000-0000-7000-8000-0000000000f1", "slug": "objets-connectes", "name": "Factory Objets connectés"},
                 "company": {"id": "0190a000-0000-7000-8000-000000000004", "slug": "pixels-mediterranee", "name": "Pixels Méditerranée"},
                 "message": "Nos capteurs de geste.", "status": "open", "actor": null, "createdAt": "%s",
                 "decidedBy": null, "decidedAt": null, "reason": null}
                """
                    .formatted(id, made.<String>path("createdAt"))));
    assertThat(companies()).doesNotContain("pixels-mediterranee");

    Response accepted = lead.post(REQUESTS + "/" + id + "/accept", "");
    accepted.then().statusCode(200).body("status", equalTo("accepted"));
    assertThat(companies()).contains("pixels-mediterranee");
    assertThat(
            given().get("/v1/companies/pixels-mediterranee").<List<String>>path("factories.slug"))
        .contains("objets-connectes");
    pixels.request().get(REQUESTS + "/" + id).then().body("status", equalTo("accepted"));
    team.request()
        .get(FACTORY + "/history")
        .then()
        .body("data[0].actor", startsWith("user:"))
        .body("data[0].changed", contains("/participants"))
        .body("data[0].revision", equalTo(Integer.valueOf(accepted.header("Directory-Revision"))));
    team.request()
        .get(REQUESTS + "/" + id)
        .then()
        .body("actor", startsWith("user:"))
        .body("decidedBy", startsWith("user:"));
    List<String> terms =
        jdbi.withHandle(
            database ->
                database
                    .createQuery(
                        "select (since = directory_today())::text || ' ' || (until is null)::text from factory_participation where company = :company::uuid")
                    .bind("company", PIXELS)
                    .mapTo(String.class)
                    .list());
    assertThat(terms).containsExactly("true true");
  }

  @Test
  void aLeadDeclinesWithAReasonAndTheMemberAsksAgain() {
    String request = asked();
    lead.post(request + "/decline", "{\"reason\": \"Complet.\"}")
        .then()
        .statusCode(200)
        .body("status", equalTo("declined"))
        .body("decidedBy", equalTo(null));
    pixels.request().get(request).then().body("reason", equalTo("Complet."));
    String again = asked();
    team.request().body("").post(again + "/decline").then().statusCode(200);
    assertThat(companies()).doesNotContain("pixels-mediterranee");
    pixels.request().get(REQUESTS).then().body("data.status", contains("declined", "declined"));
  }

  @Test
  void aMemberWithdrawsWhatNobodyHasDecided() {
    String request = asked();
    Editor.memberOf(SANTE).request().delete(request).then().statusCode(404);
    team.request().delete(request).then().statusCode(403);
    lead.request().delete(request).then().statusCode(403);
    pixels.request().delete(request).then().statusCode(204);

    for (String after : List.of("/accept", "/decline")) {
      lead.post(request + after, "").then().statusCode(409);
    }
    pixels.request().delete(request).then().statusCode(409);
    pixels.request().get(request).then().body("status", equalTo("withdrawn"));
  }

  @Test
  void whoHasNoReasonToAskIsTold() {
    pixels.post(REQUESTS, "{}").then().statusCode(201);
    conflict(pixels.post(REQUESTS, "{}"), "open request");
    conflict(Editor.memberOf(SANTE).post(REQUESTS, "{}"), "takes part");
    conflict(Editor.memberOf(Editor.CAPTEURS).post(REQUESTS, "{}"), "leads");
    conflict(Editor.memberOf(Editor.SECRET).post(REQUESTS, "{}"), "published member");
    fixture.sql("update factory set status = 'closed' where slug = 'edition-responsable'");
    conflict(pixels.post("/v1/factories/edition-responsable/requests", "{}"), "closed");

    Editor.memberOf(Editor.ECRAN_VERT).post(REQUESTS, "{}").then().statusCode(403);
    Editor.leadOf(PIXELS).post(REQUESTS, "{}").then().statusCode(403);
    team.post(REQUESTS, "{}").then().statusCode(403);
    given().contentType("application/json").body("{}").post(REQUESTS).then().statusCode(401);
    pixels.post("/v1/factories/absente/requests", "{}").then().statusCode(404);
    pixels
        .post(REQUESTS, "{\"message\": \"<b>x</b>\", \"factory\": 1}")
        .then()
        .statusCode(422)
        .body("errors.code", hasSize(2));
  }

  private static void conflict(Response refused, String why) {
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.<String>path("detail")).contains(why);
  }

  @Test
  void isAskedOnceWithOneKey() {
    String first =
        pixels.request().header("Idempotency-Key", "join-1").body("{}").post(REQUESTS).path("id");
    Response again = pixels.request().header("Idempotency-Key", "join-1").body("{}").post(REQUESTS);

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.<String>path("id")).isEqualTo(first);
    lead.request().get(REQUESTS).then().body("page.total", equalTo(1));
  }

  @Test
  void membersSeeTheirOwnAndThoseWhoDecideSeeAll() {
    String request = asked();
    fixture.sql("delete from factory_participant where company = ?::uuid", SANTE);
    Editor sante = Editor.memberOf(SANTE);
    sante.post(REQUESTS, "{}").then().statusCode(201);

    lead.request()
        .get(REQUESTS + "?status=open")
        .then()
        .body("data.company.slug", contains("sante-connectee", "pixels-mediterranee"))
        .body("data.actor", contains((String) null, (String) null));
    team.request().get(REQUESTS).then().body("page.total", equalTo(2));
    sante.request().get(REQUESTS).then().body("data.company.slug", contains("sante-connectee"));
    sante.request().get(request).then().statusCode(404);
    Editor.leadOf(PIXELS).request().get(REQUESTS).then().statusCode(403);
    Editor.leadOf(PIXELS).request().get(request).then().statusCode(403);
    pixels.request().get(REQUESTS + "?status=accepted").then().body("page.total", equalTo(0));
    pixels
        .request()
        .get(REQUESTS + "?status=refused")
        .then()
        .statusCode(400)
        .body("errors.code", contains("unknown_value"));

    Response page = lead.request().get(REQUESTS + "?limit=1");
    assertThat(page.<List<String>>path("data.company.slug")).containsExactly("sante-connectee");
    lead.request()
        .urlEncodingEnabled(false)
        .get(page.<String>path("page.next"))
        .then()
        .body("data.company.slug", contains("pixels-mediterranee"))
        .body("page.next", equalTo(null));
  }

  @Test
  void aRequestIsOneOfItsFactoryAlone() {
    String id = asked().substring(REQUESTS.length());
    String elsewhere = "/v1/factories/jeux-serieux/requests" + id;
    team.request().get(elsewhere).then().statusCode(404);
    Editor.leadOf(PIXELS).post(elsewhere + "/accept", "").then().statusCode(404);
    team.request().get(REQUESTS + "/nonsense").then().statusCode(404);
  }

  @Test
  void whoDecidesLeadsTheFactory() {
    String request = asked();
    for (String decision : List.of("/accept", "/decline")) {
      pixels.post(request + decision, "").then().statusCode(403);
      Editor.leadOf(PIXELS).post(request + decision, "").then().statusCode(403);
      Editor.memberOf(Editor.CAPTEURS).post(request + decision, "").then().statusCode(403);
    }
    team.post(request + "/accept", "").then().statusCode(200);
    lead.post(request + "/accept", "").then().statusCode(409);
  }

  @Test
  void aCompanyThatHasLeftMeanwhileDoesNotJoin() {
    String request = asked();
    fixture.sql(
        "update membership set left_on = directory_today() where company = ?::uuid", PIXELS);
    conflict(lead.post(request + "/accept", ""), "no published member any more");
    assertThat(companies()).doesNotContain("pixels-mediterranee");
    pixels.request().delete(request).then().statusCode(204); // it may still say so
  }

  @Test
  void aCompanyThatIsJustLeavingDoesNotJoin() throws Exception {
    String request = asked();
    Future<Response> accepting;
    try (Handle leaving = jdbi.open()) {
      leaving.begin();
      leaving.execute(
          "update membership set left_on = directory_today() where company = ?::uuid", PIXELS);
      leaving.execute("set constraints membership_changed immediate"); // holds the company
      accepting = editors.submit(() -> lead.post(request + "/accept", ""));
      awaitThatItWaits(accepting);
      leaving.commit();
    }
    assertThat(accepting.get().statusCode()).isEqualTo(409);
    assertThat(companies()).doesNotContain("pixels-mediterranee");
  }

  @Test
  void ofTwoLeadsWhoAcceptAtOnceOneWins() throws Exception {
    String request = asked();
    List<Callable<Response>> both =
        List.of(
            () -> lead.post(request + "/accept", ""),
            () -> otherLead.post(request + "/accept", ""));

    List<Integer> statuses =
        editors.invokeAll(both).stream().map(JoiningTest::statusOf).sorted().toList();
    assertThat(statuses).containsExactly(200, 409);
    assertThat(companies()).containsOnlyOnce("pixels-mediterranee");
  }

  private static int statusOf(Future<Response> answer) {
    try {
      return answer.get().statusCode();
    } catch (ExecutionException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void aLeadWhoIsReplacedMeanwhileDecidesNothing() throws Exception {
    String request = asked();
    Future<Response> accepting;
    try (Handle replacing = jdbi.open()) {
      replacing.begin();
      replacing.execute("update factory set status = 'needs_lead' where slug = 'objets-connectes'");
      replacing.execute(
          "update factory_lead set until = directory_today() where company = ?::uuid",
          Editor.CAPTEURS);
      accepting = editors.submit(() -> lead.post(request + "/accept", ""));
      awaitThatItWaits(accepting);
      replacing.commit();
    }
    assertThat(accepting.get().statusCode()).isEqualTo(403);
    pixels.request().get(request).then().body("status", equalTo("open"));
    otherLead.post(request + "/accept", "").then().statusCode(200);
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
  void whoHasComeInByAnotherWayIsAcceptedWithoutADuplicate() {
    String request = asked();
    lead.patchAt(FACTORY, "{\"participants\": [\"pixels-mediterranee\"]}").then().statusCode(200);
    lead.post(request + "/accept", "").then().statusCode(200);
    assertThat(companies())
        .containsExactly("capteurs-d-oc", "finances-occitanes", "pixels-mediterranee");
  }

  @Test
  void aMemberLeavesAndTheLeadsTakeAnybodyOutButLeads() {
    Editor sante = Editor.memberOf(SANTE);
    sante.request().delete(FACTORY + "/companies/capteurs-d-oc").then().statusCode(403);
    sante.request().delete(FACTORY + "/companies/absente").then().statusCode(403);
    sante.request().delete(FACTORY + "/companies/sante-connectee").then().statusCode(204);
    assertThat(companies()).containsExactly("capteurs-d-oc", "finances-occitanes");
    sante.request().delete(FACTORY + "/companies/" + SANTE).then().statusCode(404);

    sante.post(REQUESTS, "{}").then().statusCode(201);
    lead.post(
            REQUESTS + "/" + lead.request().get(REQUESTS).<String>path("data[0].id") + "/accept",
            "")
        .then()
        .statusCode(200);
    Editor.leadOf(PIXELS)
        .request()
        .delete(FACTORY + "/companies/sante-connectee")
        .then()
        .statusCode(403);
    lead.request().delete(FACTORY + "/companies/sante-connectee").then().statusCode(204);
    lead.request().delete(FACTORY + "/companies/projet-secret").then().statusCode(404);
    for (Editor editor : List.of(lead, team, Editor.memberOf(FINANCES))) {
      Response refused = editor.request().delete(FACTORY + "/companies/finances-occitanes");
      conflict(refused, "leads the Factory");
    }
  }
}
