package fr.digital113.directory.initiatives;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.testsupport.Callers;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who learns what of initiatives that are not published. */
@QuarkusTest
class InitiativeConfidentialityTest {
  private static final String SANTE = "0190a000-0000-7000-8000-000000000005";
  private static final String PIXELS = "0190a000-0000-7000-8000-000000000004";

  /** What only the drafts, the archived initiative and the hidden partner have. */
  private static final List<String> SECRETS =
      List.of(
          "capteur-mystere",
          "Mystery",
          "mystère",
          "Zorglub",
          "0000000000c4",
          "veille-abandonnee",
          "Veille",
          "0000000000c5",
          "salon-cache",
          "Salon caché",
          "Hidden fair",
          "0000000000c6",
          "projet-secret",
          "Projet Secret",
          "000000000007");

  private static final List<String> READS =
      List.of(
          "/v1/initiatives?limit=200&facets=status,kind,factory",
          "/v1/initiatives?format=csv",
          "/v1/initiatives?format=ndjson&lang=en",
          "/v1/initiatives?q=initiative",
          "/v1/initiatives?sort=-endedOn&lang=en",
          "/v1/initiatives/banc-d-essai-partage",
          "/v1/initiatives/capteur-mystere",
          "/v1/initiatives/0190a000-0000-7000-8000-0000000000c5",
          "/v1/initiatives/salon-cache",
          "/v1/factories/objets-connectes/initiatives?facets=status,kind,factory&limit=200",
          "/v1/factories/jeux-serieux/initiatives?format=csv",
          "/v1/factories?format=csv",
          "/v1/factories/objets-connectes",
          "/v1/companies/suggest?q=sal",
          "/v1/companies/suggest?q=cap",
          "/v1/companies/suggest?q=vei",
          "/v1/companies/suggest?q=hid",
          "/v1/changes?types=initiative",
          "/v1/changes");

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void nothingReachesThoseWhoHaveNoPartInIt() {
    Map<String, Supplier<RequestSpecification>> readers =
        new LinkedHashMap<>(Callers.withoutRights(SANTE));
    assertThat(readers).hasSize(6);
    readers.forEach(
        (name, reader) -> {
          for (String path : READS) {
            String answer = withoutRequest(reader.get().get(path), path);
            assertThat(answer).as("%s: %s", name, path).doesNotContainIgnoringCase(secrets());
          }
          for (String text : List.of("zorglubification", "mystere", "veille", "hidden", "secret")) {
            assertThat(reader.get().get("/v1/initiatives?q=" + text).<Integer>path("page.total"))
                .as("%s: %s", name, text)
                .isZero();
          }
        });
  }

  private static CharSequence[] secrets() {
    return SECRETS.toArray(CharSequence[]::new);
  }

  /** Errors repeat where they are from, and no more than that. */
  private static String withoutRequest(Response answer, String path) {
    String body = answer.asString();
    if (answer.statusCode() == 404) {
      ObjectNode problem = (ObjectNode) Fixture.parsed(body);
      assertThat(problem.remove("instance").asText()).isEqualTo(path);
      return problem.toString();
    }
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return body + answer.headers();
  }

  @Test
  void aHiddenOneIsToldAsOneThatIsNotThere() {
    List<Supplier<RequestSpecification>> readers =
        new ArrayList<>(Callers.withoutRights(PIXELS).values());
    for (Supplier<RequestSpecification> reader : readers) {
      for (String hidden : List.of("capteur-mystere", "veille-abandonnee")) {
        assertThat(problem(reader.get().get("/v1/initiatives/" + hidden)))
            .isEqualTo(problem(reader.get().get("/v1/initiatives/nowhere")));
      }
    }
    Editor other = Editor.leadOf(PIXELS);
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      for (String hidden : List.of("capteur-mystere", "0190a000-0000-7000-8000-0000000000c5")) {
        assertThat(problem(write(other, method, hidden)))
            .isEqualTo(problem(write(other, method, "nowhere")));
      }
      assertThat(write(other, method, "banc-d-essai-partage").statusCode()).isEqualTo(403);
    }
    assertThat(problem(other.readAt("/v1/initiatives/capteur-mystere")))
        .isEqualTo(problem(other.readAt("/v1/initiatives/nowhere")));
  }

  private static Response write(Editor editor, String method, String ref) {
    return editor
        .request()
        .contentType("application/json")
        .header("If-Match", "*")
        .body("{}")
        .request(method, "/v1/initiatives/" + ref);
  }

  private static ObjectNode problem(Response refused) {
    assertThat(refused.statusCode()).isEqualTo(404);
    ObjectNode problem = (ObjectNode) Fixture.parsed(refused.asString());
    problem.remove("instance");
    return problem;
  }

  @Test
  void aFormerSlugOfADraftLeadsNobodyElseToIt() {
    fixture.sql("update initiative set slug = 'capteur-z' where slug = 'capteur-mystere'");
    for (Supplier<RequestSpecification> reader : Callers.withoutRights(PIXELS).values()) {
      assertThat(
              problem(
                  reader.get().redirects().follow(false).get("/v1/initiatives/capteur-mystere")))
          .isEqualTo(problem(reader.get().get("/v1/initiatives/nowhere")));
    }
    Response moved =
        Editor.leadOf(Editor.CAPTEURS)
            .request()
            .redirects()
            .follow(false)
            .get("/v1/initiatives/capteur-mystere");
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.header("Cache-Control")).isEqualTo("private, no-store");
  }

  @Test
  void theLeadsOfItsFactoryAndTheTeamSeeIt() {
    Editor lead = Editor.leadOf(Editor.CAPTEURS);
    assertThat(slugs(lead, "")).hasSize(3);
    assertThat(slugs(lead, "?publication=draft")).containsExactly("capteur-mystere");
    assertThat(slugs(lead, "?publication=draft,archived,published&factory=objets-connectes"))
        .containsExactly(
            "capteur-mystere", "reponse-commune", "banc-d-essai-partage", "veille-abandonnee");
    Response draft = lead.request().get("/v1/initiatives/capteur-mystere");
    assertThat(draft.statusCode()).isEqualTo(200);
    assertThat(draft.<String>path("publication")).isEqualTo("draft");
    assertThat(draft.header("Cache-Control")).isEqualTo("private, no-store");
    assertThat(
            lead.request()
                .get("/v1/initiatives?q=zorglubification&publication=draft")
                .<Integer>path("page.total"))
        .isEqualTo(1);

    assertThat(slugs(Editor.team(), "")).hasSize(3);
    assertThat(slugs(Editor.team(), "?publication=draft,archived"))
        .containsExactly("salon-cache", "capteur-mystere", "veille-abandonnee");
    assertThat(Editor.team().request().get("/v1/initiatives/salon-cache").statusCode())
        .isEqualTo(200);
  }

  @Test
  void facetsCountWhatTheReaderSees() {
    String facets =
        "/v1/initiatives?publication=draft,archived,published&facets=publication,status,factory&lang=en";
    assertThat(counts(Editor.leadOf(Editor.CAPTEURS), facets, "publication"))
        .containsExactly("published 3", "archived 1", "draft 1");
    assertThat(counts(Editor.leadOf(PIXELS), facets, "publication"))
        .containsExactly("published 3", "draft 1", "archived 0");
    assertThat(counts(Editor.memberOf(SANTE), facets, "publication"))
        .containsExactly("published 3", "archived 0", "draft 0");
    assertThat(counts(Editor.memberOf(SANTE), facets, "factory"))
        .containsExactly("objets-connectes 2", "jeux-serieux 1");
    assertThat(counts(Editor.team(), facets, "publication"))
        .containsExactly("published 3", "draft 2", "archived 1");
    assertThat(counts(Editor.team(), facets, "status"))
        .containsExactly("proposed 2", "running 2", "done 1", "dropped 1");
  }

  private static List<String> counts(Editor reader, String path, String facet) {
    return reader
        .request()
        .get(path)
        .path("facets." + facet + ".collect { it.code + ' ' + it.count }");
  }

  private static List<String> slugs(Editor reader, String query) {
    return reader.request().get("/v1/initiatives" + query).path("data.slug");
  }

  @Test
  void noInsiderFindsOutOfAHiddenPartner() {
    for (Editor insider : List.of(Editor.memberOf(SANTE), Editor.leadOf(PIXELS))) {
      for (String path :
          List.of(
              "/v1/initiatives?limit=200",
              "/v1/initiatives/banc-d-essai-partage",
              "/v1/initiatives?q=projet+secret")) {
        assertThat(insider.request().get(path).asString())
            .doesNotContain("projet-secret", "Projet Secret", Editor.SECRET);
      }
      Response hidden = insider.request().get("/v1/initiatives?partner=projet-secret");
      assertThat(hidden.statusCode()).isEqualTo(400);
      assertThat(hidden.asString().replace("projet-secret", "projet-absent"))
          .isEqualTo(insider.request().get("/v1/initiatives?partner=projet-absent").asString());
    }
  }

  @Test
  void whatMovesInADraftOrBehindAHiddenPartnerMovesNothingForThePublic() {
    Response list = given().get("/v1/initiatives");
    Response item = given().get("/v1/initiatives/banc-d-essai-partage");
    fixture.sql("update initiative set title_fr = 'Autre mystère' where slug = 'capteur-mystere'");
    fixture.sql("delete from initiative_partner where company = ?::uuid", Editor.SECRET);
    fixture.sql("delete from initiative where slug = 'salon-cache'");

    for (Response before : List.of(list, item)) {
      String path = before == list ? "" : "/banc-d-essai-partage";
      Response after = given().get("/v1/initiatives" + path);
      assertThat(after.asString()).isEqualTo(before.asString());
      assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
    }
  }

  @Test
  void aDraftThatIsPublishedIsSeenAndOneThatIsArchivedIsGone() {
    Editor lead = Editor.leadOf(Editor.CAPTEURS);
    lead.patchAt("/v1/initiatives/capteur-mystere", "{\"publication\": \"published\"}")
        .then()
        .statusCode(200);
    lead.patchAt("/v1/initiatives/banc-d-essai-partage", "{\"publication\": \"archived\"}")
        .then()
        .statusCode(200);

    assertThat(given().get("/v1/initiatives?lang=en").<List<String>>path("data.slug"))
        .containsExactly("capteur-mystere", "reponse-commune", "jeu-de-piste");
    given().get("/v1/initiatives/banc-d-essai-partage").then().statusCode(404);
    assertThat(given().get("/v1/factories/objets-connectes").<Integer>path("initiatives.done"))
        .isZero();
    assertThat(given().get("/v1/changes?types=initiative").<List<String>>path("data.data.slug"))
        .containsExactly("reponse-commune", "jeu-de-piste", "capteur-mystere");
  }
}
