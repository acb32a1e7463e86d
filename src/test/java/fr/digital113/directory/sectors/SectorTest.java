package fr.digital113.directory.sectors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SectorTest {
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void answersASectorWithItsCodesAndTheNumberOfItsMembers() {
    Response answer = given().get("/v1/sectors/iot");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            fixture.item(
                "sector",
                "iot",
                """
                {
                  "slug": "iot",
                  "label": "Internet des objets",
                  "naf": [
                    {"code": "26.30Z", "nomenclature": "NAFRev2"},
                    {"code": "26.30Y", "nomenclature": "NAF2025"}
                  ],
                  "updatedAt": "$updatedAt",
                  "revision": $revision,
                  "companies": 2
                }
                """));
  }

  @Test
  void countsMembersOnly() {
    assertThat(given().get("/v1/sectors/green-it").<Integer>path("companies")).isEqualTo(0);
    assertThat(given().get("/v1/sectors/services-numeriques").<Integer>path("companies"))
        .isEqualTo(0);
  }

  @Test
  void aNewMemberMovesTheCountAndTheETagButNotTheSector() {
    Response before = given().get("/v1/sectors/iot");

    fixture.sql("update company set publication = 'published' where slug = 'projet-secret'");

    Response after = given().get("/v1/sectors/iot");
    assertThat(after.<Integer>path("companies")).isEqualTo(3);
    assertThat(after.<Integer>path("revision")).isEqualTo(before.<Integer>path("revision"));
    assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
  }

  @Test
  void listsAllSectorsByTheirLabelInTheLanguageOfTheAnswer() {
    Response french = given().get("/v1/sectors");
    Response english = given().get("/v1/sectors?lang=en");

    assertThat(french.<Integer>path("page.total")).isEqualTo(22);
    assertThat(french.<List<String>>path("data.label"))
        .startsWith(
            "AgriTech", "Cybersécurité", "Données et cloud", "E-santé", "Édition de logiciels");
    assertThat(english.<List<String>>path("data.label"))
        .startsWith("AgriTech", "Artificial intelligence", "Cybersecurity", "Data and cloud");
  }

  @Test
  void answers404ForASectorThatDoesNotExist() {
    Response answer = given().get("/v1/sectors/vinyl?lang=en");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Fixture.parsed(answer.asString()))
        .isEqualTo(
            Fixture.parsed(
                """
                {
                  "type": "/problems/not-found",
                  "title": "Not found",
                  "status": 404,
                  "detail": "No public item has this reference.",
                  "instance": "/v1/sectors/vinyl",
                  "requestId": "test"
                }
                """));
  }
}
