package fr.digital113.directory.territories;

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

@QuarkusTest
class TerritoryTest {
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @CsvSource({
    "level=region, 1",
    "level=departement, 13",
    "level=epci, 164",
    "level=commune, 4446",
    "'level=region,departement', 14",
    "level=commune&parent=tarn, 314",
    "level=epci&parent=occitanie, 164"
  })
  void holdsTheWholeRegion(String query, int total) {
    assertThat(given().get("/v1/territories?" + query).<Integer>path("page.total"))
        .isEqualTo(total);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          toulouse                 | toulouse toulouse-metropole vieille-toulouse
          TOULOUSE metropole       | toulouse-metropole
          montpelier               | montpellier montpellier-mediterranee-metropole
          saint cirq lap           | saint-cirq-lapopie
          st gaudens               | saint-gaudens
          l’union                  | l-union
          31555                    | toulouse
          243100518                | toulouse-metropole
          31670                    | labege
          """)
  void findsByNameCodeAndPostalCodeWhatMostPeopleMeanFirst(String text, String first) {
    List<String> expected = List.of(first.split(" "));
    assertThat(
            given()
                .queryParam("q", text)
                .get("/v1/territories")
                .<List<String>>path("data.slug")
                .subList(0, expected.size()))
        .as(text)
        .isEqualTo(expected);
  }

  @Test
  void searchesAmongWhatTheFiltersLeave() {
    Response answer = given().get("/v1/territories?q=saint&level=commune&parent=ariege&sort=name");
    assertThat(answer.<List<String>>path("data.name"))
        .isSorted()
        .allMatch(name -> name.contains("Saint"));
    assertThat(given().get("/v1/territories?q=xyzzyplugh").<Integer>path("page.total")).isZero();
    assertThat(given().get("/v1/territories?sort=relevance").statusCode()).isEqualTo(400);
  }

  @Test
  void answersTheWholeTerritory() {
    Response answer = given().get("/v1/territories/toulouse-metropole");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            fixture.item(
                "territory",
                "243100518",
                """
                {
                  "code": "243100518",
                  "slug": "toulouse-metropole",
                  "name": "Toulouse Métropole",
                  "level": "epci",
                  "epciType": "METRO",
                  "population": 832348,
                  "centre": {"lat": 43.609578, "lon": 1.41799},
                  "postalCodes": [],
                  "frenchTech": true,
                  "funder": true,
                  "namedPlace": false,
                  "formerCodes": [],
                  "within": [
                    {"code": "31", "slug": "haute-garonne", "name": "Haute-Garonne", "level": "departement"},
                    {"code": "76", "slug": "occitanie", "name": "Occitanie", "level": "region"}
                  ],
                  "updatedAt": "$updatedAt",
                  "revision": $revision
                }
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "toulouse, 31555, commune",
    "toulouse-metropole, 243100518, epci",
    "haute-garonne, 31, departement",
    "occitanie, 76, region",
    "31555, 31555, commune",
    "09001, 09001, commune",
    "09028, 09296, commune"
  })
  void findsATerritoryBySlugCodeAndFormerCode(String ref, String code, String level) {
    Response answer = given().get("/v1/territories/{ref}", ref);

    assertThat(answer.<String>path("code")).isEqualTo(code);
    assertThat(answer.<String>path("level")).isEqualTo(level);
  }

  @Test
  void putsACommuneInItsEpciAndItsDepartement() {
    assertThat(given().get("/v1/territories/albi").<List<String>>path("within.level"))
        .containsExactly("epci", "departement", "region");
  }

  @Test
  void putsAnEpciInEveryDepartementOfTheRegionThatItTouches() {
    List<List<String>> containers =
        given().get("/v1/territories?level=epci&limit=200").path("data.within.level");

    assertThat(containers)
        .filteredOn(levels -> levels.stream().filter("departement"::equals).count() > 1)
        .hasSize(11);
  }

  @Test
  void sortsByPopulation() {
    assertThat(
            given()
                .get("/v1/territories?level=commune&sort=-population&limit=3")
                .<List<String>>path("data.slug"))
        .containsExactly("toulouse", "montpellier", "nimes");
  }

  @Test
  void listsTheCompaniesOfATerritoryWithEveryFilter() {
    assertThat(
            given().get("/v1/territories/haute-garonne/companies").<List<String>>path("data.slug"))
        .containsExactly("capteurs-d-oc", "finances-occitanes");
    assertThat(
            given()
                .get("/v1/territories/haute-garonne/companies?sector=fintech")
                .<List<String>>path("data.slug"))
        .containsExactly("finances-occitanes");
    assertThat(
            given()
                .get("/v1/territories/haute-garonne/companies?territory=tarn")
                .<Integer>path("page.total"))
        .isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({"paris", "75056", "toulouse/companies/x"})
  void knowsNothingOutsideOfTheRegion(String ref) {
    assertThat(given().urlEncodingEnabled(false).get("/v1/territories/" + ref).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"level=city, level", "parent=paris, parent", "sort=size, sort", "near=43.6, near"})
  void refusesWhatItDoesNotKnow(String query, String parameter) {
    Response answer = given().get("/v1/territories?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<List<String>>path("errors.parameter")).containsExactly(parameter);
  }
}
