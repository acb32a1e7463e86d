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

@QuarkusTest
class CompanyListTest {
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void listsTheMembersByName() {
    Response answer = given().get("/v1/companies");

    assertThat(answer.<List<String>>path("data.slug"))
        .containsExactly(
            "capteurs-d-oc", "finances-occitanes", "pixels-mediterranee", "sante-connectee");
    assertThat(Fixture.parsed(answer.asString()).path("page"))
        .isEqualTo(Fixture.parsed("{\"limit\": 20, \"total\": 4, \"next\": null, \"prev\": null}"));
    assertThat(answer.headers().getValues("Link"))
        .containsExactly(
            "</v1/companies>; rel=\"first\"",
            "<https://www.etalab.gouv.fr/licence-ouverte-open-licence/>; rel=\"license\"");
  }

  @Test
  void listsEachCompanyAsItsOwnPathAnswersIt() {
    for (var listed : Fixture.parsed(given().get("/v1/companies").asString()).path("data")) {
      assertThat(listed)
          .isEqualTo(
              Fixture.parsed(
                  given().get("/v1/companies/{ref}", listed.path("slug").asText()).asString()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          membership=member                      | capteurs-d-oc finances-occitanes pixels-mediterranee sante-connectee
          membership=former                      | ecran-vert
          membership=none                        | registre-logiciel
          membership=former,none                 | ecran-vert registre-logiciel
          membership=any                         | capteurs-d-oc ecran-vert finances-occitanes pixels-mediterranee registre-logiciel sante-connectee
          sector=iot                             | capteurs-d-oc finances-occitanes
          sector=fintech,jeux-video              | finances-occitanes pixels-mediterranee
          territory=toulouse                     | capteurs-d-oc
          territory=toulouse-metropole           | capteurs-d-oc finances-occitanes
          territory=243100518                    | capteurs-d-oc finances-occitanes
          territory=haute-garonne,81004          | capteurs-d-oc finances-occitanes sante-connectee
          territory=occitanie                    | capteurs-d-oc finances-occitanes pixels-mediterranee sante-connectee
          territory=gard                         |
          sizeClass=12                           | capteurs-d-oc
          sizeClass=11,22                        | finances-occitanes sante-connectee
          factory=objets-connectes               | capteurs-d-oc finances-occitanes sante-connectee
          factory=0190a000-0000-7000-8000-0000000000f3 | capteurs-d-oc pixels-mediterranee
          origin=digital113                      | finances-occitanes sante-connectee
          hiring=true                            | capteurs-d-oc finances-occitanes
          hiring=false                           | pixels-mediterranee sante-connectee
          exportMarket=DE                        | capteurs-d-oc finances-occitanes
          exportMarket=ES,US                     | capteurs-d-oc pixels-mediterranee
          joinedAfter=2021-08-31                 | finances-occitanes sante-connectee
          joinedAfter=2021-09-01                 |
          """)
  void filters(String query, String slugs) {
    assertThat(slugs("/v1/companies?" + query)).containsExactlyElementsOf(words(slugs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sector=iot&exportMarket=ES                  | capteurs-d-oc
          sector=iot&territory=toulouse&hiring=false  |
          sector=iot,e-sante&origin=digital113        | finances-occitanes sante-connectee
          territory=toulouse,albi&sector=iot,e-sante  | capteurs-d-oc sante-connectee
          membership=any&territory=castres            | registre-logiciel
          membership=former&sector=green-it           | ecran-vert
          """)
  void letsValuesOfOneFilterBeAlternativesAndDifferentFiltersAllHold(String query, String slugs) {
    assertThat(slugs("/v1/companies?" + query)).containsExactlyElementsOf(words(slugs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name    | capteurs-d-oc ecran-vert finances-occitanes pixels-mediterranee registre-logiciel sante-connectee
          -name   | sante-connectee registre-logiciel pixels-mediterranee finances-occitanes ecran-vert capteurs-d-oc
          joined  | capteurs-d-oc pixels-mediterranee ecran-vert finances-occitanes sante-connectee registre-logiciel
          -joined | finances-occitanes sante-connectee ecran-vert pixels-mediterranee capteurs-d-oc registre-logiciel
          """)
  void sortsByNameWithoutAccentsAndByTheDayOfJoiningWithTheOthersLast(String sort, String slugs) {
    assertThat(slugs("/v1/companies?membership=any&sort=" + sort))
        .containsExactlyElementsOf(words(slugs));
  }

  @Test
  void refusesEverythingThatItDoesNotKnowAndSaysWhatIsValid() {
    Response answer =
        given()
            .queryParam("lang", "en")
            .queryParam("sector", "iot,vinyl")
            .queryParam("sizeClass", "13")
            .queryParam("hiring", "yes")
            .queryParam("joinedAfter", "2021")
            .queryParam("exportMarket", "de,")
            .queryParam("territory", "paris")
            .queryParam("headcount", "37")
            .get("/v1/companies");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {
                  "type": "/problems/invalid-parameter",
                  "title": "Invalid parameter",
                  "status": 400,
                  "detail": "The request has 8 error(s); see \\"errors\\".",
                  "instance": "/v1/companies",
                  "requestId": "test",
                  "errors": [
                    {"parameter": "sector", "code": "unknown_value", "message": "\\"vinyl\\" does not exist. Valid: agritech, cybersecurite, data-cloud, e-sante, edtech, fintech, foodtech, green-it, intelligence-artificielle, iot, jeux-video, logiciels, materiel, medias-web, mobilite, multimedia, services-numeriques, spatial, sporttech, systemes-embarques, telecoms, tourisme-culture."},
                    {"parameter": "territory", "code": "unknown_value", "message": "\\"paris\\" does not exist. Give a code or slug of /v1/territories."},
                    {"parameter": "sizeClass", "code": "unknown_value", "message": "\\"13\\" does not exist. Valid: NN, 00, 01, 02, 03, 11, 12, 21, 22, 31, 32, 41, 42, 51, 52, 53."},
                    {"parameter": "hiring", "code": "unknown_value", "message": "\\"yes\\" does not exist. Valid: true, false."},
                    {"parameter": "exportMarket", "code": "unknown_value", "message": "\\"de\\" does not exist. Give an ISO 3166-1 alpha-2 country code, in capitals."},
                    {"parameter": "exportMarket", "code": "unknown_value", "message": "A value is empty. Give an ISO 3166-1 alpha-2 country code, in capitals."},
                    {"parameter": "joinedAfter", "code": "invalid_date", "message": "\\"2021\\" is not a date of the form YYYY-MM-DD."},
                    {"parameter": "headcount", "code": "unknown_parameter", "message": "Unknown parameter. Valid: bbox, cursor, dialect, exportMarket, facets, factory, fields, format, hiring, joinedAfter, lang, limit, membership, near, origin, q, radius, sector, sizeClass, sort, territory."}
                  ]
                }
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "sector=iot&sector=fintech, sector, repeated",
    "sector=, sector, empty",
    "'sector=iot,', sector, unknown_value",
    "membership=partner, membership, unknown_value",
    "origin=other, origin, unknown_value",
    "factory=none, factory, unknown_value",
    "sort=size, sort, unknown_value",
    "sort=-headcount, sort, unknown_value",
    "cursor=a%00, cursor, control_character",
    "sector=iot%00, sector, control_character",
    "q=s%E9curit%E9, q, invalid_encoding",
    "q=cyber%ED%A0%80, q, invalid_encoding"
  })
  void namesTheParameterAndWhatIsWrongWithIt(String query, String parameter, String code) {
    Response answer = given().urlEncodingEnabled(false).get("/v1/companies?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<List<String>>path("errors.parameter")).containsExactly(parameter);
    assertThat(answer.<List<String>>path("errors.code")).containsExactly(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/companies?membership=any",
        "/v1/territories/toulouse/companies?membership=any",
        "/v1/companies?sector=iot&membership=any"
      })
  void neverListsADraftOrAnArchivedCompany(String path) {
    assertThat(slugs(path)).doesNotContain("projet-secret", "maison-fermee").isNotEmpty();
  }

  private static List<String> slugs(String path) {
    Response answer = given().get(path);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    List<String> slugs = answer.path("data.slug");
    assertThat(answer.<Integer>path("page.total")).isEqualTo(slugs.size());
    return slugs;
  }

  private static List<String> words(@org.jspecify.annotations.Nullable String text) {
    return text == null ? List.of() : List.of(text.split(" "));
  }
}
