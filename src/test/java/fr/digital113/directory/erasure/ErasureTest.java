package fr.digital113.directory.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import fr.digital113.directory.database.DataFolder;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.testsupport.DatabaseResource;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.testsupport.IdentityProviderResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person who is everywhere, and then nowhere. */
@QuarkusTest
class ErasureTest {
  private static final String ERASURES = "/v1/erasures";
  private static final String SUBJECT = "5f3e2d0c77aa5f3e";
  private static final String PERSON =
      """
      "emails": ["Zephyrine.Quidamour@example.org"], "phones": ["+33 5 36 49 77 01"],
      "names": ["Zéphyrine Quidamour"], "actors": ["user:5f3e2d0c77aa5f3e"]
      """;
  private static final List<String> RESTORED =
      List.of("audit_image", "public_change", "revision", "proposal", "idempotency_key");

  private final Editor team = Editor.team();

  @Inject Fixture fixture;
  @Inject Jdbi jdbi;
  @Inject DirectoryIndex index;
  @Inject DataFolder dataFolder;
  @Inject Erasures erasures;

  private Traces traces;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
    traces =
        new Traces(jdbi, dataFolder.root(), "quidamour", "497701", "49 77 01", "49.77.01", SUBJECT);
  }

  @AfterEach
  void dropTheBackup() {
    jdbi.useHandle(database -> database.execute("drop schema if exists backup cascade"));
  }

  private static RequestSpecification as(String role) {
    return given()
        .contentType("application/json")
        .header("Accept-Language", "en")
        .header(
            "Authorization",
            "Bearer "
                + IdentityProviderResource.provider()
                    .token(
                        claims -> {
                          claims.setSubject(SUBJECT);
                          claims.setClaim("realm_access", Map.of("roles", List.of(role)));
                          claims.setClaim("company", Editor.CAPTEURS);
                        }));
  }

  private static Response patchAs(String role, String ref, String body) {
    return as(role)
        .contentType("application/merge-patch+json;charset=UTF-8")
        .header("If-Match", "*")
        .body(body)
        .patch("/v1/companies/" + ref);
  }

  private Response post(String body) {
    return team.post(ERASURES, body);
  }

  private void plant() throws IOException {
    // A company's contact, its texts, links, and those that it had
    patchAs(
            "member",
            "capteurs-d-oc",
            """
            {"email": "zephyrine.quidamour@example.org", "phone": "05 36 49 77 01",
             "personalContact": {"email": {"consentedOn": "2026-01-05"}, "phone": {"consentedOn": "2026-01-05"}},
             "description": {"fr": "Fondée par ZÉPHYRINE QUIDAMOUR, tél. +33.5.36.49.77.01."},
             "social": {"linkedin": "https://social.example.org/zephyrine-quidamour"}}
            """)
        .then()
        .statusCode(200);
    patchAs("member", "capteurs-d-oc", "{\"description\": {\"en\": \"By Zephyrine Quidamour\"}}")
        .then()
        .statusCode(200);
    // Proposals: decided and open
    String proposal =
        patchAs("member", "capteurs-d-oc", "{\"name\": \"Capteurs Zéphyrine Quidamour\"}")
            .then()
            .statusCode(202)
            .extract()
            .path("proposals[0].id");
    as("team")
        .body("{\"reason\": \"Zéphyrine Quidamour a téléphoné.\"}")
        .post("/v1/proposals/{id}/refuse", proposal)
        .then()
        .statusCode(200);
    patchAs("member", "capteurs-d-oc", "{\"address\": \"chez Zéphyrine Quidamour\"}")
        .then()
        .statusCode(202);
    // A company of that name, and its slugs; the key of a repeated POST
    String id =
        as("team")
            .header("Idempotency-Key", "zephyrine.quidamour@example.org")
            .body(
                """
                {"name": "Zéphyrine Quidamour Conseil", "commune": "31555", "sectors": ["iot"], "publication": "published"}
                """)
            .post("/v1/companies")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    patchAs("team", id, "{\"slug\": \"conseil-zephyrine-quidamour\"}").then().statusCode(200);
    fixture.sql(
        "update factory set mission_fr = 'Animée par Quidamour Zéphyrine.' where slug = 'jeux-serieux'");
    fixture.sql(
        """
        update cluster set document = jsonb_set(document, '{governance}', document -> 'governance' ||
          '[{"name": "Zéphyrine Quidamour", "since": "2024-01-01",
             "role": {"code": "treasurer", "label": {"fr": "Trésorière", "en": "Treasurer"}}},
            {"name": "Zephyrine QUIDAMOUR", "since": "2020", "until": "2022-07-01",
             "role": {"code": "secretary", "label": {"fr": "Secrétaire", "en": "Secretary"}}}]')
        """);
    String partner =
        team.post(
                "/v1/partners",
                "{\"name\": \"Zéphyrine Quidamour EI\", \"contact\": \"zephyrine.quidamour@example.org\"}")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    team.post(
            "/v1/webhooks",
            """
            {"partner": "%s", "url": "http://127.0.0.1:9/zephyrine-quidamour", "types": ["company"],
             "filter": "q=Z%%C3%%A9phyrine+Quidamour", "description": "De Zéphyrine Quidamour"}
            """
                .formatted(partner))
        .then()
        .statusCode(201);
    importFile();
    Path left = dataFolder.uploads().resolve("left-by-a-failure");
    Files.writeString(left, "email\nzephyrine.quidamour@example.org\n", StandardCharsets.UTF_8);
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(3_600)));
    // What is about to be imported is not left: neither counted nor deleted
    Files.writeString(dataFolder.uploads().resolve("of-another"), "name\n", StandardCharsets.UTF_8);
  }

  private static void importFile() {
    String job =
        as("team")
            .contentType("multipart/form-data")
            .multiPart("kind", "members")
            .multiPart(
                "file",
                "membres_zephyrine_quidamour.csv",
                "name,commune,sectors\nX,Zéphyrine Quidamour,iot\n"
                    .getBytes(StandardCharsets.UTF_8))
            .post("/v1/imports")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    String status;
    do {
      status = as("team").get("/v1/imports/{id}", job).path("status");
    } while (List.of("queued", "running").contains(status));
    assertThat(status).isEqualTo("done");
  }

  /** All that the API answers about what was planted. */
  private String everythingShown() {
    StringBuilder all = new StringBuilder();
    for (String path :
        List.of(
            "/v1/companies?q=quidamour&membership=any",
            "/v1/companies?q=zephyrine&membership=any",
            "/v1/companies/suggest?q=zeph",
            "/v1/companies?membership=any&format=ndjson",
            "/v1/companies?membership=any&format=csv",
            "/v1/companies/capteurs-d-oc",
            "/v1/companies/capteurs-d-oc?view=edit",
            "/v1/companies/capteurs-d-oc/history",
            "/v1/companies?limit=200&membership=any",
            "/v1/factories?limit=200",
            "/v1/factories/jeux-serieux",
            "/v1/cluster",
            "/v1/cluster?view=edit",
            "/v1/cluster?asOf=2022-06-30",
            "/v1/proposals",
            "/v1/partners",
            "/v1/webhooks",
            "/v1/imports",
            "/v1/imports/exports/members",
            ERASURES)) {
      all.append(team.request().get(path).then().statusCode(200).extract().asString());
    }
    List<String> jobs = team.request().get("/v1/imports").path("data.id");
    jobs.forEach(job -> all.append(team.request().get("/v1/imports/{id}/report", job).asString()));
    return all.toString();
  }

  private void assertNothingIsLeft() {
    assertThat(traces.tables()).isEmpty();
    assertThat(traces.files()).isEmpty();
    assertThat(traces.areIn(everythingShown())).isFalse();
    given().get("/v1/companies/zephyrine-quidamour-conseil").then().statusCode(404);
    given().get("/v1/companies/conseil-zephyrine-quidamour").then().statusCode(404);
    Response search = post("{%s, \"dryRun\": true}".formatted(PERSON));
    search.then().statusCode(200).body("total", equalTo(0));
  }

  @Test
  void leavesNothingOfAPersonAnywhereNorAfterARestore() throws IOException {
    plant();
    assertThat(traces.tables())
        .contains(
            "audit_image",
            "cluster",
            "company",
            "company_former_slug",
            "factory",
            "idempotency_key",
            "import_job",
            "import_report_row",
            "partner",
            "proposal",
            "public_change",
            "revision",
            "webhook");
    assertThat(traces.files()).contains("index", "uploads");
    assertThat(traces.areIn(everythingShown())).isTrue();
    post("{%s, \"dryRun\": true}".formatted(PERSON))
        .then()
        .statusCode(200)
        .body("places.find { it.name == 'company.email' }.rows", equalTo(1))
        .body("places.find { it.name == 'index' }.rows", greaterThan(1))
        .body("places.find { it.name == 'uploads' }.rows", equalTo(1));
    assertThat(traces.tables()).contains("company");
    backUp();

    long ofOthers = erasures.lacking(); // other tests leave theirs
    Response erased = post("{%s, \"reason\": \"request\"}".formatted(PERSON));

    erased
        .then()
        .statusCode(201)
        .body("actor", equalTo("admin key"))
        .body("replayedAt", nullValue())
        .body("places.find { it.name == 'company.phone' }.rows", equalTo(1));
    assertThat(erased.<Integer>path("total")).isGreaterThan(20);
    assertNothingIsLeft();
    assertTheRestStays();
    Files.delete(dataFolder.uploads().resolve("of-another"));
    assertThat(erasures.replay()).isZero();
    assertThat(erasures.lacking()).isEqualTo(ofOthers);

    restore();
    assertThat(traces.tables()).contains("audit_image", "company", "proposal", "revision");
    assertThat(erasures.replay()).isEqualTo(1);
    index.catchUp();

    dropTheBackup();
    assertNothingIsLeft();
    String id = erased.path("id");
    assertThat(team.request().get(ERASURES + "/" + id).<String>path("replayedAt")).isNotNull();
    fixture.sql(
        "insert into personal_erasure (id, at, actor, reason, terms, places) select gen_random_uuid(), at, actor, reason, terms, places from personal_erasure where id = '%s'"
            .formatted(id));
    assertThat(erasures.lacking()).isEqualTo(ofOthers + 1);
  }

  private void assertTheRestStays() {
    team.read("capteurs-d-oc")
        .then()
        .body("email", nullValue())
        .body("phone", nullValue())
        .body("personalContact", equalTo(Map.of()))
        .body("description.fr", equalTo("Fondée par […], tél. […]."))
        .body("social", equalTo(Map.of()))
        .body("headcount", equalTo(37));
    List<String> actors =
        team.request().get("/v1/companies/capteurs-d-oc/history").path("data.actor");
    assertThat(actors).anyMatch(actor -> actor.matches("erased:[0-9a-f]{16}"));
    List<String> governance = given().get("/v1/cluster").path("governance.name");
    assertThat(governance).containsExactly("Daniel Benchimol", "Pierre Deniset");
    List<String> former = given().get("/v1/cluster?asOf=2022-06-30").path("governance.name");
    assertThat(former).containsExactly("Daniel Benchimol", "Pierre Deniset");
  }

  private void backUp() {
    jdbi.useHandle(
        database -> {
          database.execute("drop schema if exists backup cascade");
          database.execute("create schema backup");
          for (String table : RESTORED) {
            database.execute("create table backup.%1$s as table public.%1$s".formatted(table));
          }
          for (String table : List.of("company", "cluster", "factory", "partner")) {
            database.execute("create table backup.%1$s as table public.%1$s".formatted(table));
          }
        });
  }

  /** As a backup of before the erasure has it: the log, the content, and no erasure. */
  private void restore() {
    jdbi.useTransaction(
        database -> {
          database.execute(
              """
              update company c set email = b.email, phone = b.phone, personal_contact = b.personal_contact,
                name = b.name, slug = b.slug, description_fr = b.description_fr, social = b.social
              from backup.company b where b.id = c.id
              """);
          database.execute(
              "update cluster c set document = b.document from backup.cluster b where b.slug = c.slug");
          database.execute(
              "update factory f set mission_fr = b.mission_fr from backup.factory b where b.id = f.id");
          database.execute(
              "update partner p set name = b.name, contact = b.contact from backup.partner b where b.id = p.id");
          database.execute("set constraints all immediate");
          RESTORED.forEach(table -> restore(database, table));
          database.execute(
              "delete from personal_erasure where number = (select max(number) from personal_erasure)");
          database.execute("update epoch set id = gen_random_uuid()");
        });
  }

  private static void restore(Handle database, String table) {
    database.execute("delete from " + table);
    database.execute("insert into %1$s select * from backup.%1$s".formatted(table));
  }

  @Test
  void waitsForNoImportButRefuses() {
    jdbi.useTransaction(
        database -> {
          database.execute(
              "select pg_advisory_xact_lock(hashtextextended('directory imports', 0))");
          post("{%s, \"reason\": \"request\"}".formatted(PERSON)).then().statusCode(409);
        });
  }

  @Test
  void saysWhatItCannotLookFor() {
    post("""
            {"emails": ["x"], "phones": ["490077"], "names": ["Quidamour"], "actors": ["admin key"], "reason": "x", "who": 1}
            """)
        .then()
        .statusCode(422)
        .body(
            "errors.collect { it.pointer + ' ' + it.code }",
            equalTo(
                List.of(
                    "/emails/0 invalid_email",
                    "/phones/0 invalid_phone",
                    "/names/0 too_vague",
                    "/actors/0 invalid_actor",
                    "/reason unknown_value",
                    "/who unknown_member")));
    post("{\"reason\": \"request\"}")
        .then()
        .statusCode(422)
        .body("errors[0].code", equalTo("nothing_to_find"));
    post("{\"names\": [\"Zéphyrine Quidamour\"]}")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/reason"));
    given()
        .header("X-API-Key", DatabaseResource.ADMIN_KEY)
        .get(ERASURES + "/x")
        .then()
        .statusCode(404);
  }
}
