package fr.digital113.directory.companies;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.testsupport.Callers;
import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the team sees of companies besides what everybody does, and a company of itself. */
@QuarkusTest
class TeamListTest {
  private static final String HIDDEN = "publication=draft,archived&membership=any";

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void showsWhatEverybodySeesWithTheHeadcount() {
    Response answer = team("/v1/companies?membership=any");

    JsonNode items = Fixture.parsed(answer.asString()).path("data");
    JsonNode everybody =
        Fixture.parsed(given().get("/v1/companies?membership=any&lang=en").asString()).path("data");
    assertThat(texts(items, "headcount")).containsExactly("37", "4", "120", "64", "null", "12");
    assertThat(items).hasSize(6);
    for (int i = 0; i < items.size(); i++) {
      assertThat(publicPart(items.get(i))).isEqualTo(publicPart(everybody.get(i)));
    }
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store");
  }

  private static JsonNode publicPart(JsonNode company) {
    return ((ObjectNode) company.deepCopy())
        .without(List.of("headcount", "revision", "updatedAt", "source"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          publication=draft                                        | Projet Secret
          publication=archived                                     |
          publication=archived&membership=any                      | Maison Fermée
          publication=archived&membership=former&q=ferm%C3%A9e     | Maison Fermée
          publication=draft,archived&membership=any&sort=-name     | Projet Secret, Maison Fermée
          publication=published,draft&sector=iot                   | Capteurs d'Oc, Finances Occitanes, Projet Secret
          publication=published,draft,archived&membership=any&territory=toulouse | Capteurs d'Oc, Maison Fermée, Projet Secret
          publication=draft&q=projet+secrt                         | Projet Secret
          publication=draft&sizeClass=12                           |
          publication=draft&origin=digital113&hiring=true          | Projet Secret
          """)
  void takesTheSameFiltersAndOrders(String query, String names) {
    Response answer = team("/v1/companies?" + query);

    List<String> expected = names == null ? List.of() : List.of(names.split(", "));
    assertThat(answer.jsonPath().getList("data.name", String.class))
        .containsExactlyElementsOf(expected);
    assertThat(answer.<Integer>path("page.total")).isEqualTo(expected.size());
  }

  @Test
  void countsPublicationAsAFacet() {
    team("/v1/companies?publication=draft&membership=any&facets=publication,sector")
        .then()
        .body("facets.publication.code", contains("published", "archived", "draft"))
        .body("facets.publication.label", contains("Published", "Archived", "Draft"))
        .body("facets.publication.count", contains(6, 1, 1))
        .body("facets.publication.selected", contains(false, false, true))
        .body("facets.sector.code", contains("iot"))
        .body("data.publication", contains("draft"));
  }

  @Test
  void isScopedByTheSamePaths() {
    fixture.sql(
        "insert into factory_participant values ('0190a000-0000-7000-8000-0000000000f1', '0190a000-0000-7000-8000-000000000007')");

    for (String path :
        List.of(
            "/v1/territories/haute-garonne/companies",
            "/v1/factories/objets-connectes/companies")) {
      team(path + "?publication=draft")
          .then()
          .body("data.slug", contains("projet-secret"))
          .body("data.headcount", contains(3));
      assertThat(given().get(path).asString()).doesNotContain("projet-secret");
    }
  }

  @Test
  void countsOfSectorsAndFactoriesStayThoseOfEverybody() {
    for (String path :
        List.of("/v1/sectors/iot", "/v1/factories/objets-connectes", "/v1/cluster")) {
      assertThat(team(path).asString()).isEqualTo(given().get(path + "?lang=en").asString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "ndjson", "geojson", "xlsx"})
  void comesInEveryFormat(String format) {
    Response answer = team("/v1/companies?" + HIDDEN + "&near=43.6,1.44&format=" + format);

    assertThat(answer.header("Content-Disposition")).contains("private-companies");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-store");
    if (!format.equals("xlsx")) { // which is compressed
      assertThat(answer.asString())
          .contains("Projet Secret", "Maison Fermée", "draft", "archived", "headcount", "distance");
    }
    assertThat(team("/v1/companies?" + HIDDEN + "&format=jsonld").asString())
        .contains("Projet Secret");
  }

  @Test
  void csvHasTheHeadcountAsItsOwnColumn() {
    assertThat(team("/v1/companies?" + HIDDEN + "&format=csv&fields=name,headcount").asString())
        .startsWith("name,headcount,sourceName,sourceDate,licence\r\n")
        .contains("\r\nProjet Secret,3,");
  }

  @Test
  void pagesAndItsCursorsAndTagsAreNoneOfThePublicList() {
    String list = "/v1/companies?membership=any&limit=2";
    Response team = team(list);
    Response everybody = given().get(list + "&lang=en");
    String cursorOfTeam = cursor(team);
    String cursorOfAll = cursor(everybody);

    assertThat(team(list + "&cursor=" + cursorOfTeam).jsonPath().getList("data.name"))
        .isEqualTo(given().get(list + "&cursor=" + cursorOfAll).jsonPath().getList("data.name"));
    assertThat(given().get(list + "&cursor=" + cursorOfTeam).<String>path("type"))
        .isEqualTo("/problems/invalid-cursor");
    assertThat(Editor.team().request().get(list + "&cursor=" + cursorOfAll).<String>path("type"))
        .isEqualTo("/problems/invalid-cursor");

    String tagOfTeam = team.header("ETag");
    String tagOfAll = everybody.header("ETag");
    assertThat(conditional(Editor.team().request(), list, tagOfTeam)).isEqualTo(304);
    assertThat(conditional(Editor.team().request(), list, tagOfAll)).isEqualTo(200);
    assertThat(conditional(given().header("Accept-Language", "en"), list, tagOfAll)).isEqualTo(304);
    assertThat(conditional(given().header("Accept-Language", "en"), list, tagOfTeam))
        .isEqualTo(200);
    // Nor when the numbers of both are the same.
    assertThat(tagOfTeam).contains(".private.");
    assertThat(tagOfAll).doesNotContain("private");
  }

  private static String cursor(Response page) {
    return page.<String>path("page.next").replaceAll(".*cursor=", "");
  }

  private static int conditional(RequestSpecification request, String path, String tag) {
    return request.header("If-None-Match", tag).get(path).statusCode();
  }

  @Test
  void isNothingThatOthersCanAskForOrSee() {
    Map<String, Supplier<RequestSpecification>> callers = Callers.withoutRights(Editor.ECRAN_VERT);
    callers.forEach(
        (who, request) -> {
          for (String query :
              List.of("publication=draft", "publication=published", "publication=")) {
            request
                .get()
                .get("/v1/companies?" + query)
                .then()
                .statusCode(400)
                .body("errors.code", contains("unknown_parameter"))
                .body("errors[0].message", not(containsString("publication")));
          }
          Response fields = request.get().get("/v1/companies?fields=headcount");
          fields.then().statusCode(400).body("errors.code", contains("unknown_value"));
          assertThat(fields.<String>path("errors[0].message").split("Valid: ", -1)[1])
              .doesNotContain("headcount");
          Response facets = request.get().get("/v1/companies?facets=publication");
          facets.then().statusCode(400).body("errors.code", contains("unknown_value"));
          for (String ref : List.of("projet-secret", Editor.SECRET, "000000034", "maison-fermee")) {
            assertThat(request.get().get("/v1/companies/" + ref).statusCode())
                .as(who)
                .isEqualTo(404);
          }
          assertThat(request.get().get("/v1/companies/capteurs-d-oc").asString())
              .as(who)
              .doesNotContain("headcount");
        });
  }

  @Test
  void aCompanySeesItselfAndItsHeadcountAsTheTeamDoes() {
    for (String ref : List.of("projet-secret", Editor.SECRET, "000000034")) {
      Response own = Editor.memberOf(Editor.SECRET).request().get("/v1/companies/" + ref);

      own.then()
          .statusCode(200)
          .body("publication", equalTo("draft"))
          .body("headcount", equalTo(3))
          .header("Cache-Control", "private, no-store");
      assertThat(own.asString()).isEqualTo(team("/v1/companies/" + ref).asString());
    }
    Editor.memberOf(Editor.CAPTEURS)
        .request()
        .get("/v1/companies/capteurs-d-oc?fields=name,headcount")
        .then()
        .statusCode(200)
        .body("headcount", equalTo(37));
    // Others it sees as everybody does, in lists itself as well.
    assertThat(
            Editor.memberOf(Editor.CAPTEURS).request().get("/v1/companies/ecran-vert").asString())
        .isEqualTo(given().get("/v1/companies/ecran-vert?lang=en").asString());
    assertThat(Editor.memberOf(Editor.CAPTEURS).request().get("/v1/companies").asString())
        .doesNotContain("headcount");
  }

  @Test
  void theTagOfAnItemIsGoodForAnEdit() {
    Editor editor = Editor.team();
    editor.patch("projet-secret", "{\"headcount\": 5}").then().statusCode(200);
    String tag = team("/v1/companies/projet-secret").header("ETag");

    editor.patch("projet-secret", tag, "{\"headcount\": 6}").then().statusCode(200);
    editor.patch("projet-secret", tag, "{\"headcount\": 7}").then().statusCode(412);
  }

  @Test
  void agreesAtOnceWithWhatTheTeamWrites() {
    for (int headcount = 100; headcount < 120; headcount++) {
      Response written =
          Editor.team().patch("ecran-vert", "{\"headcount\": %d}".formatted(headcount));
      Response list = team("/v1/companies?membership=former");

      list.then().body("data.headcount", contains(headcount));
      assertThat(list.<Integer>path("revision"))
          .isGreaterThanOrEqualTo(Integer.parseInt(written.header("Directory-Revision")));
    }
    Response made =
        Editor.team()
            .post(
                "/v1/companies",
                "{\"name\": \"Atelier du Vent\", \"commune\": \"31555\", \"sectors\": [\"iot\"]}");
    team("/v1/companies?publication=draft&membership=any")
        .then()
        .body("data.id", hasItem(made.<String>path("id")));
    team(made.header("Location")).then().body("headcount", equalTo(null));
  }

  @Test
  void aFormerNameOfADraftLeadsToItAndIsToldToNobodyElse() {
    Editor.team().patch("projet-secret", "{\"slug\": \"projet-discret\"}");

    Response moved =
        Editor.team().request().redirects().follow(false).get("/v1/companies/projet-secret");
    moved
        .then()
        .statusCode(301)
        .header("Location", endsWith("/v1/companies/projet-discret"))
        .header("Cache-Control", "private, no-store");
    given().redirects().follow(false).get("/v1/companies/projet-secret").then().statusCode(404);
  }

  @Test
  void whatIsArchivedDuringAWalkLeavesThePublicOneAndStaysInTheTeams() {
    String all = "/v1/companies?membership=any&limit=1";
    Response public1 = given().get(all);
    Response team1 = team(all + "&publication=published,archived");

    Editor.team()
        .patch("pixels-mediterranee", "{\"publication\": \"archived\"}")
        .then()
        .statusCode(200);

    assertThat(walk(() -> given(), public1))
        .containsExactly(
            "capteurs-d-oc",
            "ecran-vert",
            "finances-occitanes",
            "registre-logiciel",
            "sante-connectee");
    assertThat(walk(() -> Editor.team().request(), team1))
        .containsExactly(
            "capteurs-d-oc",
            "ecran-vert",
            "finances-occitanes",
            "maison-fermee",
            "pixels-mediterranee",
            "registre-logiciel",
            "sante-connectee");
  }

  private static List<String> walk(Supplier<RequestSpecification> request, Response first) {
    List<String> slugs = new ArrayList<>();
    Response page = first;
    while (true) {
      slugs.addAll(page.jsonPath().getList("data.slug", String.class));
      String next = page.path("page.next");
      if (next == null) {
        return slugs;
      }
      page = request.get().urlEncodingEnabled(false).get(next);
    }
  }

  private static List<String> texts(JsonNode items, String member) {
    List<String> texts = new ArrayList<>();
    items.forEach(item -> texts.add(item.path(member).asText()));
    return texts;
  }

  private static Response team(String path) {
    Response answer = Editor.team().request().urlEncodingEnabled(false).get(path);
    assertThat(answer.statusCode()).as("%s %s", path, answer.asString()).isEqualTo(200);
    return answer;
  }
}
