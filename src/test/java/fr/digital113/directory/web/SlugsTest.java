package fr.digital113.directory.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTest {

  @ParameterizedTest
  @CsvSource({
    "Nîmes, nimes",
    "L'Haÿ-les-Roses, l-hay-les-roses",
    "Bœuf & Cœur, boeuf-coeur",
    "ŒUVRE, oeuvre",
    "Lætitia, laetitia",
    "Straße, strasse",
    "CA de l'Albigeois (C2A), ca-de-l-albigeois-c2a",
    "'  –E-santé 3.0– ', e-sante-3-0",
    "日本, ''"
  })
  void keepsLowerCaseAsciiLettersAndDigits(String name, String slug) {
    assertThat(Slugs.of(name)).isEqualTo(slug);
  }
}
