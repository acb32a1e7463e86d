package fr.digital113.directory.factories;

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
class FactoryTest {
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @CsvSource({"objets-connectes", "0190a000-0000-7000-8000-0000000000f1"})
  void answersAnActiveFactoryWithItsTwoLeads(String ref) {
    Response answer = given().get("/v1/factories/{ref}", ref);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            fixture.item(
                "factory",
                "0190a000-0000-7000-8000-0000000000f1",
                """
                {
                  "id": "0190a000-0000-7000-8000-0000000000f1",
                  "slug": "objets-connectes",
                  "name": "Factory Objets connectés",
                  "mission": "Partager bancs d'essai et retours d'expérience.",
                  "sectors": [{"slug": "iot", "label": "Internet des objets"}],
                  "status": "active",
                  "leads": [
                    {"company": {"id": "0190a000-0000-7000-8000-000000000001", "slug": "capteurs-d-oc", "name": "Capteurs d'Oc"}, "since": "2022-04-07"},
                    {"company": {"id": "0190a000-0000-7000-8000-000000000003", "slug": "finances-occitanes", "name": "Finances Occitanes"}, "since": "2023-01-10"}
                  ],
                  "updatedAt": "$updatedAt",
                  "revision": $revision,
                  "companies": 3,
                  "initiatives": {"total": 2, "done": 1}
                }
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sort=name                        | edition-responsable jeux-serieux objets-connectes
          sort=-name                       | objets-connectes jeux-serieux edition-responsable
          status=active                    | objets-connectes
          status=forming,needs_lead        | edition-responsable jeux-serieux
          sector=iot,edtech                | jeux-serieux objets-connectes
          sector=iot&status=forming        |
          """)
  void filtersAndSorts(String query, @org.jspecify.annotations.Nullable String slugs) {
    assertThat(given().get("/v1/factories?" + query).<List<String>>path("data.slug"))
        .containsExactlyElementsOf(slugs == null ? List.of() : List.of(slugs.split(" ")));
  }

  @Test
  void listsTheCompaniesThatTakePartLeadsIncluded() {
    assertThat(
            given().get("/v1/factories/objets-connectes/companies").<List<String>>path("data.slug"))
        .containsExactly("capteurs-d-oc", "finances-occitanes", "sante-connectee");
    assertThat(
            given()
                .get("/v1/factories/objets-connectes/companies?hiring=false")
                .<List<String>>path("data.slug"))
        .containsExactly("sante-connectee");
  }

  @Test
  void needsALeadFromTheMomentThatOneLeavesTheCluster() {
    fixture.sql(
        "update membership set left_on = directory_today()"
            + " where company = '0190a000-0000-7000-8000-000000000003'");

    Response answer = given().get("/v1/factories/objets-connectes");
    assertThat(answer.<String>path("status")).isEqualTo("needs_lead");
    assertThat(answer.<List<String>>path("leads.company.slug")).containsExactly("capteurs-d-oc");
  }

  @Test
  void showsTheNewNameOfALeadAndMovesNothingElse() {
    fixture.sql("update company set name = 'Capteurs d''Oc SAS' where slug = 'capteurs-d-oc'");

    assertThat(
            given().get("/v1/factories/objets-connectes").<List<String>>path("leads.company.name"))
        .containsExactly("Capteurs d'Oc SAS", "Finances Occitanes");
  }

  @Test
  void answers404ForAFactoryThatDoesNotExist() {
    assertThat(given().get("/v1/factories/absente").statusCode()).isEqualTo(404);
    assertThat(given().get("/v1/factories/absente/companies").statusCode()).isEqualTo(404);
  }
}
