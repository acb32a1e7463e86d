package fr.digital113.directory.companies;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameter {@code q} of lists of companies. */
@QuarkusTest
class CompanyTextTest {
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          000000018               | capteurs-d-oc
          000 000 018             | capteurs-d-oc
          00000001800010          | capteurs-d-oc
          000 000 018 00010       | capteurs-d-oc
          000 000 018 00028       | capteurs-d-oc
          000000018 00028         | capteurs-d-oc
          00 00 00 018            |
          000000034               |
          31000                   | capteurs-d-oc
          capteurs toulouse       | capteurs-d-oc
          tarn                    | sante-connectee
          occitanie -toulouse     | pixels-mediterranee sante-connectee
          -toulouse               | pixels-mediterranee sante-connectee
          -"objets connectés"     | pixels-mediterranee
          capteurs -vigne         |
          startup capteurs        | capteurs-d-oc
          capteurs start up oc    | capteurs-d-oc
          occitanie -startup -l'énergie -toulouse | pixels-mediterranee sante-connectee
          "capteurs d'oc"         | capteurs-d-oc
          "oc d'capteurs"         |
          sensors                 | capteurs-d-oc
          secret                  |
          """)
  void findsMembers(String text, String slugs) {
    assertThat(slugs(given().queryParam("q", text).get("/v1/companies")))
        .as(text)
        .containsExactlyElementsOf(slugs == null ? List.of() : List.of(slugs.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"startup", "Entreprises", "start-up", "sociétés", "companies", "start up"})
  void everyCompanyIsWhatAllAreCalled(String text) {
    assertThat(slugs(given().queryParam("q", text).get("/v1/companies")))
        .containsExactlyInAnyOrderElementsOf(slugs(given().get("/v1/companies")));
  }

  @Test
  void splitsWordsAtDotsAndNamesLanguagesByTheirSigns() {
    fixture.sql(
        "update company set description_fr = 'Outils en C++.Node.js, .NET.' where slug = 'capteurs-d-oc'");

    for (String text : List.of("c++", ".net", "node", "js")) {
      assertThat(slugs(given().queryParam("q", text).get("/v1/companies")))
          .as(text)
          .containsExactly("capteurs-d-oc");
    }
    assertThat(slugs(given().queryParam("q", "c#").get("/v1/companies"))).isEmpty();
    // A letter or two beside other words are on the way to a word, and take nothing away yet.
    assertThat(slugs(given().queryParam("q", "node p").get("/v1/companies")))
        .containsExactly("capteurs-d-oc");
    assertThat(slugs(given().queryParam("q", "node php").get("/v1/companies"))).isEmpty();
  }

  @Test
  void searchesWithinThePathAndTheOtherFilters() {
    assertThat(slugs(given().get("/v1/companies?q=iot&territory=blagnac")))
        .containsExactly("finances-occitanes");
    assertThat(slugs(given().get("/v1/territories/blagnac/companies?q=iot")))
        .containsExactly("finances-occitanes");
    assertThat(slugs(given().get("/v1/factories/objets-connectes/companies?q=albi")))
        .containsExactly("sante-connectee");
    assertThat(slugs(given().get("/v1/companies?q=logiciel&membership=any")))
        .containsExactly("registre-logiciel");
  }

  @Test
  void ordersByRelevanceUnlessAskedOtherwise() {
    String iot = "/v1/companies?q=internet+des+objets";
    assertThat(slugs(given().urlEncodingEnabled(false).get(iot)))
        .containsExactly("capteurs-d-oc", "finances-occitanes", "sante-connectee");
    assertThat(slugs(given().urlEncodingEnabled(false).get(iot + "&sort=-name")))
        .containsExactly("sante-connectee", "finances-occitanes", "capteurs-d-oc");
  }

  @Test
  void findsWhatItsSectorsFactoriesAndPlacesAreCalledNow() {
    fixture.sql("update factory set name = 'Factory Zoologie' where slug = 'objets-connectes'");

    assertThat(slugs(given().get("/v1/companies?q=zoologie&sort=name")))
        .containsExactly("capteurs-d-oc", "finances-occitanes", "sante-connectee");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          !!!          | nothing_to_search
          "" - *       | nothing_to_search
          a%00b        | control_character
          a%0Ab        | control_character
          ''           | empty
          """)
  void refusesWhatCannotBeSearched(String text, String code) {
    String encoded = text.replace("\"", "%22").replace(" ", "%20").replace("'", "");
    refused("q=" + encoded, "q", code);
  }

  @Test
  void refusesTextsThatAreTooLong() {
    refused("q=" + "a".repeat(201), "q", "too_long");
    refused("q=" + "x%20".repeat(20) + "x", "q", "too_many_words");
    refused("q=%22" + "x%20".repeat(21) + "%22", "q", "too_many_words");
  }

  @Test
  void anOrderByRelevanceNeedsAText() {
    refused("sort=relevance", "sort", "needs_text");
  }

  @ParameterizedTest
  @CsvSource({
    "a b c d e f g h i j k l m n o p q r s t",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "name:* AND (x OR y)~2 [a TO b] /re.*gex/ \\",
    "\"\"\"\" -- \" - x",
    "jeux vidéo jeux vidéo jeux vidéo jeux vidéo jeux vidéo jeux vidéo jeux vidéo jeux vidéo",
    "中文 العربية 🙂 e\u0301"
  })
  void anyTextIsAnswered(String text) {
    assertThat(given().queryParam("q", text).get("/v1/companies").statusCode()).isEqualTo(200);
    assertThat(given().queryParam("q", text).get("/v1/companies/suggest").statusCode())
        .isEqualTo(200);
  }

  private static void refused(String query, String parameter, String code) {
    Response answer = given().urlEncodingEnabled(false).get("/v1/companies?" + query);
    assertThat(answer.statusCode()).as(query).isEqualTo(400);
    assertThat(answer.<List<String>>path("errors.parameter")).containsExactly(parameter);
    assertThat(answer.<List<String>>path("errors.code")).containsExactly(code);
  }

  private static List<String> slugs(Response page) {
    return page.path("data.slug");
  }
}
