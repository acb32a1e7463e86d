package fr.digital113.directory.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is understood of what somebody typed. */
class TextQueryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          forêt œuvre ÆTHER Straße      | foret oeuvre aether strasse
          l'énergie d’Oc qu'ils         | energie oc ils
          e-santé cyber_sécurité a:b    | e sante cyber securite b
          numéro 4G et C++              | numero 4g
          company's games               | company games
          éditeur de logiciels          | editeur logiciels
          le                            | le
          de la                         | de la
          123 456 782                   | 123456782
          123 456 782 00017             | 12345678200017
          31 moutons 42                 | 31 moutons 42
          a*b? name:x^2 [a TO b] && ~   | b name x 2 b
          """)
  void takesWordsApart(String typed, String words) {
    assertThat(TextQuery.parse(typed).words().stream().map(TextQuery.Word::text).toList())
        .as(typed)
        .containsExactly(words.split(" "));
  }

  @Test
  void readsDecomposedAccentsAsTheirLetters() {
    assertThat(texts("fore\u0302t")).containsExactly("foret");
  }

  @Test
  void keepsPhrasesWholeWithTheirSmallWords() {
    TextQuery query = TextQuery.parse("\"réseaux de neurones\" nîmes «l'eau»");

    assertThat(query.phrases())
        .containsExactly(List.of("reseaux", "de", "neurones"), List.of("l", "eau"));
    assertThat(texts("\"réseaux de neurones\" nîmes")).containsExactly("nimes");
    assertThat(query.all()).containsExactly("reseaux", "de", "neurones", "nimes", "l", "eau");
  }

  @Test
  void leavesOutWhatFollowsAHyphenAtTheBeginning() {
    TextQuery query = TextQuery.parse("cyber -usines -\"boîte noire\" porte-nuage - --tarn");

    assertThat(query.excluded())
        .containsExactly(List.of("usines"), List.of("boite", "noire"), List.of("tarn"));
    assertThat(query.all()).containsExactly("cyber", "porte", "nuage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"flamant rose", "flamant \" rose", "flamant rose\"", "“flamant rose"})
  void takesAQuotationMarkWithoutAPartnerForNothing(String typed) {
    assertThat(texts(typed)).containsExactly("flamant", "rose");
    assertThat(TextQuery.parse(typed).phrases()).isEmpty();
  }

  @Test
  void takesTheLastWordForUnfinishedUnlessAPhraseOrASmallWordEndsIt() {
    assertThat(unfinished("jeux vid")).containsExactly(false, true);
    assertThat(unfinished("jeux \"vidéo\"")).containsExactly(false);
    assertThat(unfinished("jeux de")).containsExactly(false);
    assertThat(unfinished("l")).containsExactly(true);
  }

  @Test
  void triesAWordInBothLanguagesAndWrittenInOneWithItsNeighbours() {
    TextQuery query = TextQuery.parse("cyber sécurités");

    assertThat(query.words().get(0).forms())
        .contains("cyber")
        .containsAll(Words.stems("cybersecurites"));
    assertThat(query.words().get(1).forms()).containsAll(Words.stems("securites"));
  }

  @Test
  void givesEveryWordOfAnExpressionItsMeanings() {
    TextQuery long_ = TextQuery.parse("intelligence artificielle frugale");
    TextQuery short_ = TextQuery.parse("ia");

    assertThat(short_.words().get(0).meanings()).hasSize(1);
    assertThat(long_.words().get(0).meanings()).containsAll(short_.words().get(0).meanings());
    assertThat(long_.words().get(1).meanings()).containsAll(short_.words().get(0).meanings());
    assertThat(long_.words().get(2).meanings()).isEmpty();
  }

  @Test
  void findsTheHeadOfficeByTheSiretOfAnotherEstablishment() {
    assertThat(TextQuery.parse("123 456 782 00099").words().get(0).forms())
        .containsExactly("12345678200099", "123456782");
  }

  private static List<String> texts(String typed) {
    return TextQuery.parse(typed).words().stream().map(TextQuery.Word::text).toList();
  }

  private static List<Boolean> unfinished(String typed) {
    return TextQuery.parse(typed).words().stream().map(TextQuery.Word::unfinished).toList();
  }
}
