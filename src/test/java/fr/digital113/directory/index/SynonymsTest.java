package fr.digital113.directory.index;

import static java.util.Locale.FRENCH;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SynonymsTest {
  private final Synonyms synonyms =
      new Synonyms(
          List.of(
              "# a comment",
              "jeux vidéo, gaming # and another",
              "internet des objets, IoT",
              "",
              "hébergement => cloud"));

  @Test
  void knowsExpressionsOfAnyLengthWhateverTheirAccentsNumberAndSmallWords() {
    assertThat(said("Un Jeu Video en ligne")).isEqualTo(said("gaming")).hasSize(1);
    assertThat(said("l'Internet d’objets")).isEqualTo(said("iot")).hasSize(1);
    assertThat(said("des jeux et du gaming de l'IoT")).hasSize(2);
    assertThat(said("vidéo jeux")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "La moitié du chiffre d'affaires vient de clients fidèles.",
        "Environ 50 salariés.",
        "L'offre se décline sous forme d'abonnement.",
        "Une plate-forme qui forme un tout.",
        "Elle alimente une réflexion, anime une communauté et conserve les formats.",
        "J'ai fondé cette maison. Je n'ai pas fini.",
        "Tournez à droite, car tout est là.",
        "The former owner takes trains by car.",
      })
  void takesNoMeaningFromOrdinaryProse(String prose) {
    assertThat(Synonyms.shipped().said(Words.of(prose)))
        .doesNotContainAnyElementsOf(
            Stream.of(
                    "encryption",
                    "environnement",
                    "formation",
                    "alimentation",
                    "animation",
                    "IA",
                    "juridique",
                    "véhicule")
                .flatMap(
                    word -> Synonyms.shipped().said(List.of(word.toLowerCase(FRENCH))).stream())
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "chiffrement, encryption",
    "hôpitaux, hospital",
    "les vignerons, viticulteur",
    "réseaux sociaux, social networks",
    "capteurs, sensor"
  })
  void knowsWordsInThePlural(String one, String other) {
    assertThat(Synonyms.shipped().said(Words.of(one)))
        .isNotEmpty()
        .containsAnyElementsOf(Synonyms.shipped().said(Words.of(other)));
  }

  @Test
  void saysWhichWordsOfAQueryAnExpressionHas() {
    assertThat(synonyms.asked(List.of("studio", "jeu", "video", "iot")))
        .containsExactlyInAnyOrder(
            new Synonyms.Found(Set.of(1, 2), said("gaming")),
            new Synonyms.Found(Set.of(3), said("iot")));
  }

  @Test
  void findsAnExpressionInAQueryWhateverTheOrderOfItsWords() {
    assertThat(synonyms.asked(List.of("video", "toulouse", "jeux")))
        .containsExactly(new Synonyms.Found(Set.of(0, 2), said("gaming")));
    assertThat(synonyms.asked(List.of("ga", "ming")))
        .containsExactly(new Synonyms.Found(Set.of(0, 1), said("gaming")));
  }

  @Test
  void anArrowLeadsOneWay() {
    var cloud = said("cloud");
    assertThat(cloud).hasSize(1);
    assertThat(said("hébergement")).isEmpty();
    assertThat(synonyms.asked(List.of("hebergement")))
        .containsExactly(new Synonyms.Found(Set.of(0), cloud));
    assertThat(synonyms.asked(List.of("cloud"))).isEmpty();
  }

  @Test
  void knowsHowItsWordsAreSpelled() {
    assertThat(List.of("jeux", "video", "cloud", "des")).allMatch(synonyms::knows);
    assertThat(synonyms.knows("jeu")).isFalse();
  }

  private Set<String> said(String text) {
    return synonyms.said(Words.of(text));
  }
}
