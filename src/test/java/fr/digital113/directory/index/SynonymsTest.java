package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

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

  @Test
  void saysWhichWordsOfAQueryAnExpressionHas() {
    assertThat(synonyms.asked(List.of("studio", "jeu", "video", "iot")))
        .containsExactly(
            new Synonyms.Found(1, 3, said("gaming")), new Synonyms.Found(3, 4, said("iot")));
  }

  @Test
  void anArrowLeadsOneWay() {
    var cloud = said("cloud");
    assertThat(cloud).hasSize(1);
    assertThat(said("hébergement")).isEmpty();
    assertThat(synonyms.asked(List.of("hebergement")))
        .containsExactly(new Synonyms.Found(0, 1, cloud));
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
