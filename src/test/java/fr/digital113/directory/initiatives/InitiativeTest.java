package fr.digital113.directory.initiatives;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import fr.digital113.directory.testsupport.Editor;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InitiativeTest {
  private static final String LIST = "/v1/initiatives";

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @ValueSource(strings = {"banc-d-essai-partage", "0190a000-0000-7000-8000-0000000000c1"})
  void answersAnInitiativeWithItsPublicPartners(String ref) {
    Response answer = given().get(LIST + "/{ref}", ref);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            fixture.item(
                "initiative",
                "0190a000-0000-7000-8000-0000000000c1",
                """
                {
                  "id": "0190a000-0000-7000-8000-0000000000c1",
                  "slug": "banc-d-essai-partage",
                  "kind": "collaborative_project",
                  "title": "Banc d'essai partagé",
                  "summary": "Un banc pour les capteurs de tous.",
                  "status": "done",
                  "factory": {"id": "0190a000-0000-7000-8000-0000000000f1", "slug": "objets-connectes", "name": "Factory Objets connectés"},
                  "partners": [
                    {"company": {"id": "0190a000-0000-7000-8000-000000000005", "slug": "sante-connectee", "name": "Santé Connectée"}},
                    {"name": "Lycée des Capteurs", "url": "https://lycee.example.org/"}
                  ],
                  "startedOn": "2023-02-01",
                  "endedOn": "2024-06-30",
                  "outcome": "Le banc est ouvert le jeudi.",
                  "publication": "published",
                  "updatedAt": "$updatedAt",
                  "revision": $revision
                }
                """));
    given().get(LIST + "/{ref}?lang=en", ref).then().body("title", equalTo("Shared test bench"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                          | banc-d-essai-partage jeu-de-piste reponse-commune
          ?lang=en                                    | reponse-commune banc-d-essai-partage jeu-de-piste
          ?sort=-title                                | reponse-commune jeu-de-piste banc-d-essai-partage
          ?sort=startedOn                             | banc-d-essai-partage reponse-commune jeu-de-piste
          ?sort=-startedOn                            | reponse-commune banc-d-essai-partage jeu-de-piste
          ?sort=-endedOn                              | banc-d-essai-partage jeu-de-piste reponse-commune
          ?status=done                                | banc-d-essai-partage
          ?status=running,proposed                    | jeu-de-piste reponse-commune
          ?status=dropped                             |
          ?kind=collective_action                     | jeu-de-piste reponse-commune
          ?factory=objets-connectes                   | banc-d-essai-partage reponse-commune
          ?factory=jeux-serieux&kind=collective_action| jeu-de-piste
          ?sector=edtech                              | jeu-de-piste
          ?sector=iot,edtech&status=proposed          | jeu-de-piste
          ?partner=sante-connectee                    | banc-d-essai-partage
          ?partner=0190a000-0000-7000-8000-000000000004|
          ?q=banc                                     | banc-d-essai-partage
          ?q=jeudi                                    | banc-d-essai-partage
          ?q=lycee                                    | banc-d-essai-partage
          ?q=treasure                                 | jeu-de-piste
          ?q=objets+connectes&sort=title              | banc-d-essai-partage reponse-commune
          """)
  void filtersAndSorts(String query, @Nullable String slugs) {
    assertThat(slugs(given().urlEncodingEnabled(false).get(LIST + query)))
        .containsExactlyElementsOf(slugs == null ? List.of() : List.of(slugs.split(" ")));
  }

  private static List<String> slugs(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.path("data.slug");
  }

  @Test
  void theListOfAFactoryHoldsItsOwn() {
    assertThat(slugs(given().get("/v1/factories/objets-connectes/initiatives")))
        .containsExactly("banc-d-essai-partage", "reponse-commune");
    assertThat(
            slugs(given().get("/v1/factories/objets-connectes/initiatives?factory=jeux-serieux")))
        .isEmpty();
    assertThat(slugs(given().get("/v1/factories/edition-responsable/initiatives"))).isEmpty();
    given().get("/v1/factories/absente/initiatives").then().statusCode(404);
    fixture.sql("update factory set slug = 'objets' where slug = 'objets-connectes'");
    Response moved =
        given()
            .redirects()
            .follow(false)
            .get("/v1/factories/objets-connectes/initiatives?kind=collective_action");
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.header("Location"))
        .endsWith("/v1/factories/objets/initiatives?kind=collective_action");
  }

  @Test
  void aFormerSlugLeadsToTheInitiative() {
    fixture.sql("update initiative set slug = 'banc' where slug = 'banc-d-essai-partage'");
    Response moved = given().redirects().follow(false).get(LIST + "/banc-d-essai-partage?lang=en");

    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.header("Location")).endsWith("/v1/initiatives/banc?lang=en");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=done,started",
        "kind=project",
        "factory=absente",
        "sector=absent",
        "partner=absente",
        "sort=relevance",
        "facets=sector",
        "publication=draft",
        "fields=absent"
      })
  void tellsWhichValuesAreValid(String query) {
    Response refused = given().header("Accept-Language", "en").get(LIST + "?" + query);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.<List<String>>path("errors.parameter"))
        .containsExactly(query.substring(0, query.indexOf('=')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status=done",
        "status=dropped",
        "kind=collective_action",
        "factory=jeux-serieux",
        "status=running&kind=collective_action&factory=objets-connectes",
        "q=jeu",
        "sector=iot&status=proposed"
      })
  void facetsCountWhatTheirFilterGives(String query) {
    Map<String, List<Map<String, Object>>> facets =
        given().get(LIST + "?facets=status,kind,factory&" + query).path("facets");

    assertThat(facets.keySet()).containsExactlyInAnyOrder("status", "kind", "factory");
    facets.forEach(
        (name, values) -> {
          String others =
              List.of(query.split("&")).stream()
                  .filter(each -> !each.isEmpty() && !each.startsWith(name + "="))
                  .reduce("", (all, each) -> all + "&" + each);
          for (Map<String, Object> value : values) {
            int total =
                given()
                    .get(LIST + "?" + name + "=" + value.get("code") + others)
                    .path("page.total");
            assertThat(value.get("count")).as(name + " " + value).isEqualTo(total);
          }
          int all = given().get(LIST + "?limit=1" + others).path("page.total");
          assertThat(values.stream().mapToInt(each -> (Integer) each.get("count")).sum())
              .isEqualTo(all);
        });
  }

  @Test
  void aSelectedValueStaysAtZero() {
    Response answer =
        given().get(LIST + "?status=dropped&kind=collaborative_project&facets=status,kind&lang=en");

    assertThat(Fixture.parsed(answer.asString()).path("facets"))
        .isEqualTo(
            Fixture.parsed(
                """
                {"status": [
                   {"code": "done", "label": "Done", "count": 1, "selected": false},
                   {"code": "dropped", "label": "Dropped", "count": 0, "selected": true}],
                 "kind": [
                   {"code": "collaborative_project", "label": "Collaborative project", "count": 0, "selected": true}]}
                """));
  }

  @Test
  void aFactoryCountsWhatItSetOutToDoAndWhatItDid() {
    assertThat(given().get("/v1/factories").<List<Integer>>path("data.initiatives.total"))
        .containsExactly(0, 1, 2);
    assertThat(given().get("/v1/factories").<List<Integer>>path("data.initiatives.done"))
        .containsExactly(0, 0, 1);
    assertThat(
            given()
                .get("/v1/factories?format=csv&fields=slug,initiatives")
                .asString()
                .lines()
                .map(line -> line.replaceFirst("(,[^,]*){3}$", "")))
        .containsExactly(
            "slug,initiatives,initiativesDone",
            "edition-responsable,0,0",
            "jeux-serieux,1,0",
            "objets-connectes,2,1");
  }

  @Test
  void isShownAnewWhenWhatItNamesChanges() {
    fixture.sql("update company set name = 'Santé & Cie' where slug = 'sante-connectee'");
    fixture.sql("update factory set name = 'Factory Objets' where slug = 'objets-connectes'");
    fixture.sql("delete from factory_sector where sector = 'iot'");

    given()
        .get(LIST + "/banc-d-essai-partage")
        .then()
        .body("partners[0].company.name", equalTo("Santé & Cie"))
        .body("factory.name", equalTo("Factory Objets"));
    assertThat(slugs(given().get(LIST + "?sector=iot"))).isEmpty();
  }

  @Test
  void aPartnerThatIsPublicNoMoreIsLeftOutAndComesBack() {
    fixture.sql("update company set publication = 'archived' where slug = 'sante-connectee'");
    assertThat(partners()).containsExactly("Lycée des Capteurs");
    assertThat(copied().toString()).doesNotContain("000000000005");
    given().get(LIST + "?partner=sante-connectee").then().statusCode(400);

    fixture.sql("update company set publication = 'published' where slug = 'sante-connectee'");
    assertThat(partners()).containsExactly("Santé Connectée", "Lycée des Capteurs");
    assertThat(copied().toString()).contains("000000000005");
  }

  private static List<String> partners() {
    return given()
        .get(LIST + "/banc-d-essai-partage")
        .path("partners.collect { it.company ? it.company.name : it.name }");
  }

  private static List<Object> copied() {
    return given()
        .get("/v1/changes?types=initiative")
        .path("data.findAll { it.data.slug == 'banc-d-essai-partage' }.data.partners");
  }

  @Test
  void isCopiedWithTextsInAllLanguages() {
    Response copy = given().get("/v1/changes?types=initiative");

    assertThat(copy.<List<String>>path("data.data.slug"))
        .containsExactly("banc-d-essai-partage", "reponse-commune", "jeu-de-piste");
    assertThat(copy.<String>path("data[0].data.title.en")).isEqualTo("Shared test bench");
    Editor.team()
        .post(
            "/v1/webhooks",
            "{\"partner\": \"%s\", \"url\": \"http://127.0.0.1:9/\", \"types\": [\"initiative\"]}"
                .formatted(
                    Editor.team()
                        .post("/v1/partners", "{\"name\": \"Suivi des initiatives\"}")
                        .<String>path("id")))
        .then()
        .statusCode(201);
    fixture.sql("delete from partner where name = 'Suivi des initiatives'");
  }

  @Test
  void isSuggestedByItsTitle() {
    assertThat(
            given()
                .get("/v1/companies/suggest?q=banc+d'ess&lang=en")
                .<List<String>>path("data.collect { it.type + ' ' + it.ref + ' ' + it.detail }"))
        .containsExactly("initiative banc-d-essai-partage Factory Objets connectés");
  }
}
