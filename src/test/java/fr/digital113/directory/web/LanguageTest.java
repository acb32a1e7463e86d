package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class LanguageTest {
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
          fr                       | fr
          en                       | en
          en-GB,en;q=0.9           | en
          de,en;q=0.5              | en
          en;q=0.4,fr;q=0.8        | fr
          en;q=0,fr                | fr
          de                       | fr
          *                        | fr
          ;;;                      | fr
          -                        | fr
          en,-;q=0.5               | fr
          """)
  void answersInWhatAcceptLanguagePrefersAndInFrenchWhenNothingFits(
      String accepted, String language) {
    Response answer = given().header("Accept-Language", accepted).get("/v1/sectors/iot");

    assertThat(answer.header("Content-Language")).isEqualTo(language);
    assertThat(answer.<String>path("label"))
        .isEqualTo(language.equals("fr") ? "Internet des objets" : "Internet of Things");
  }

  @Test
  void answersInFrenchWhenNothingIsAskedFor() {
    assertThat(given().get("/v1/sectors/iot").header("Content-Language")).isEqualTo("fr");
  }

  @Test
  void letsLangWinOverAcceptLanguage() {
    Response answer = given().header("Accept-Language", "fr").get("/v1/sectors/iot?lang=en");

    assertThat(answer.header("Content-Language")).isEqualTo("en");
    assertThat(answer.<String>path("label")).isEqualTo("Internet of Things");
  }

  @Test
  void refusesALanguageThatItDoesNotSpeak() {
    Response answer = given().get("/v1/sectors/iot?lang=de");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<String>path("errors[0].message"))
        .isEqualTo("« de » n'existe pas. Valides : fr, en.");
  }

  @Test
  void tellsProblemsInTheLanguageOfTheReader() {
    assertThat(given().get("/v1/companies/absente").<String>path("title")).isEqualTo("Introuvable");
    assertThat(
            given()
                .header("Accept-Language", "en")
                .get("/v1/companies/absente")
                .<String>path("title"))
        .isEqualTo("Not found");
  }

  @Test
  void givesATextInTheOtherLanguageWhenItIsMissingInTheOneAskedFor() {
    assertThat(given().get("/v1/factories/jeux-serieux?lang=en").<String>path("mission"))
        .isEqualTo("Jouer pour apprendre.");
  }

  @Test
  void keepsCodesAndSlugsInEveryLanguage() {
    Response french = given().get("/v1/companies/capteurs-d-oc");
    Response english = given().get("/v1/companies/capteurs-d-oc?lang=en");

    for (String path : new String[] {"slug", "sectors.slug", "territories", "sizeClass.code"}) {
      assertThat(english.<Object>path(path)).as(path).isEqualTo(french.path(path));
    }
    assertThat(english.<String>path("description")).isEqualTo("Sensors for vineyards.");
    assertThat(english.<String>path("sizeClass.label")).isEqualTo("20 to 49 employees");
  }
}
