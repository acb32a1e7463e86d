package fr.digital113.directory.cluster;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the facts are served; that they are all there is {@code reference.ClusterFactsTest}. */
@QuarkusTest
class ClusterTest {
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void countsTheMembersOfTodayAgainstTheObjective() {
    assertThat(given().get("/v1/cluster?lang=en").<List<Map<String, Object>>>path("objectives"))
        .containsExactly(
            Map.of(
                "code", "members",
                "label", "Double in size within three years: 800 member companies by February 2022",
                "unit", "member companies",
                "baseline", 400,
                "baselineOn", "2019-02-05",
                "target", 800,
                "deadline", "2022-02-05",
                "since", "2019-02-05",
                "current", 4));
  }

  @Test
  void aNewMemberMovesTheCountAndTheETagButNotTheFacts() {
    Response before = given().get("/v1/cluster");

    fixture.sql("update company set publication = 'published' where slug = 'projet-secret'");

    Response after = given().get("/v1/cluster");
    assertThat(after.<List<Integer>>path("objectives.current")).containsExactly(5);
    assertThat(after.<Integer>path("revision")).isEqualTo(before.<Integer>path("revision"));
    assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
  }

  @Test
  void tellsTheFactsInBothLanguages() {
    assertThat(given().get("/v1/cluster").<String>path("description"))
        .isEqualTo("Le cluster du numérique en Occitanie.");
    assertThat(given().get("/v1/cluster?lang=en").<String>path("description"))
        .isEqualTo("The digital cluster of Occitanie, France.");
  }

  @Test
  void namesTheLicenceAndTheSourcesOfTheData() {
    Response answer = given().get("/v1/cluster");

    assertThat(answer.<String>path("licence.name")).isEqualTo("Licence Ouverte 2.0");
    assertThat(answer.<List<String>>path("dataSources.code"))
        .containsExactly("geography", "commune-centres", "naf", "size-classes", "sirene");
    assertThat(answer.<List<String>>path("dataSources.licence"))
        .containsOnly("Licence Ouverte 2.0");
  }
}
