package fr.digital113.directory.suggest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Demonstration;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suggestions over the demonstration data. */
@QuarkusTest
class SuggestTest {
  private static final String PATH = "/v1/companies/suggest";

  @Inject Demonstration demonstration;
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheDemonstration() {
    demonstration.loadUnlessThere();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tou                 | sector:tourisme-culture territory:toulouse company:le-tournesol-calculateur territory:toulouse-metropole
          toulos              | territory:toulouse territory:toulouse-metropole
          MONT                | territory:montpellier
          bez                 | territory:beziers
          services            | sector:services-numeriques
          montpeli            | territory:montpellier
          hau                 | territory:haute-garonne territory:hautes-pyrenees
          occ                 | territory:occitanie
          saint-gir           | territory:saint-girons
          31670               | territory:labege
          cyb                 | sector:cybersecurite factory:cybersecurite company:ariegombrelle-cyber
          e-s                 | sector:e-sante factory:e-sante
          jeux v              | sector:jeux-video factory:jeux-video
          gaming              | sector:jeux-video factory:jeux-video
          video g             | sector:jeux-video
          iot                 | sector:iot
          autanot             | company:autanotron
          l’abei              | company:l-abeille-arithmetique
          oeuf                | company:l-oeuf-a-trois-bits
          quantiques escargos | company:les-escargots-quantiques
          """)
  void suggestsFirst(String typed, String expected) {
    List<String> wanted = List.of(expected.split(" "));
    List<String> all = refs(given().queryParam("q", typed).get(PATH));
    assertThat(all.subList(0, Math.min(wanted.size(), all.size()))).as(typed).isEqualTo(wanted);
  }

  /** While a word still grows, whoever types "mont" hardly means the hamlet of that name. */
  @Test
  void aTownThatBeginsWithTheTextComesBeforeAHamletThatIsIt() {
    List<String> found = refs(given().queryParam("q", "mont").get(PATH));
    assertThat(found).contains("territory:montpellier").startsWith("territory:montpellier");
  }

  @Test
  void aCompanyWhoseWholeNameIsTypedIsTheFirstOfItsKind() {
    for (String name : List.of("Autanotron", "Micocoulux", "Le Flamant Compilé")) {
      assertThat(
              refs(given().queryParam("q", name).get(PATH)).stream()
                  .filter(ref -> ref.startsWith("company:")))
          .as(name)
          .first()
          .isEqualTo(
              "company:" + name.toLowerCase(Locale.FRENCH).replace(' ', '-').replace('é', 'e'));
    }
  }

  @Test
  void answersFromTheFirstLetterOnAndTenAtMost() {
    for (char letter : "abcdefghilmnoprstuvz".toCharArray()) {
      Response answer = given().queryParam("q", letter).get(PATH);
      assertThat(refs(answer)).as("%s", letter).isNotEmpty().hasSizeLessThanOrEqualTo(10);
    }
    assertThat(refs(given().get(PATH + "?q=t"))).hasSize(10).doesNotHaveDuplicates();
    assertThat(refs(given().get(PATH + "?q=t&limit=3")))
        .isEqualTo(refs(given().get(PATH + "?q=t")).subList(0, 3));
    assertThat(refs(given().get(PATH + "?q=xyzzyplugh"))).isEmpty();
  }

  @Test
  void labelsWhatItSuggestsInTheLanguageAskedFor() {
    Response french = given().get(PATH + "?q=jeux+video&limit=1");
    Response english = given().get(PATH + "?q=jeux+video&limit=1&lang=en");

    assertThat(Fixture.parsed(french.asString()).path("data"))
        .isEqualTo(
            Fixture.parsed(
                """
                [{"type": "sector", "ref": "jeux-video", "label": "Jeux vidéo", "detail": "Secteur"}]
                """));
    assertThat(Fixture.parsed(english.asString()).path("data"))
        .isEqualTo(
            Fixture.parsed(
                """
                [{"type": "sector", "ref": "jeux-video", "label": "Video games", "detail": "Sector"}]
                """));
    assertThat(given().get(PATH + "?q=labege").<String>path("data[0].detail"))
        .isEqualTo("Commune, Haute-Garonne");
    assertThat(given().get(PATH + "?q=autanotron").<String>path("data[0].detail"))
        .isEqualTo("Toulouse");
  }

  @Test
  void namesMembersUnlessAskedForOthers() {
    Response former = given().get("/v1/companies?membership=former&limit=1");
    String name = former.path("data[0].name");
    String ref = "company:" + former.path("data[0].slug");

    assertThat(refs(given().queryParam("q", name).get(PATH))).doesNotContain(ref);
    assertThat(refs(given().queryParam("q", name).get(PATH + "?membership=any"))).startsWith(ref);
  }

  @Test
  void isValidatedByTheRevision() {
    Response answer = given().get(PATH + "?q=tou");
    assertThat(answer.<Integer>path("revision"))
        .isEqualTo(given().get("/v1/companies").<Integer>path("revision"));
    given()
        .header("If-None-Match", answer.getHeader("ETag"))
        .get(PATH + "?q=tou")
        .then()
        .statusCode(304);
  }

  @ParameterizedTest
  @CsvSource({
    "lang=fr, q, required",
    "q=, q, empty",
    "q=!, q, nothing_to_search",
    "q=-toulouse, q, nothing_to_search",
    "q=a&limit=11, limit, out_of_range",
    "q=a&membership=x, membership, unknown_value",
    "q=a&sort=name, sort, unknown_parameter"
  })
  void refusesWhatItCannotAnswer(String query, String parameter, String code) {
    Response answer = given().get(PATH + "?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<List<String>>path("errors.parameter")).containsExactly(parameter);
    assertThat(answer.<List<String>>path("errors.code")).containsExactly(code);
  }

  private static List<String> refs(Response answer) {
    return Fixture.parsed(answer.asString()).path("data").findParents("ref").stream()
        .map(each -> each.path("type").asText() + ":" + each.path("ref").asText())
        .collect(Collectors.toList());
  }
}
