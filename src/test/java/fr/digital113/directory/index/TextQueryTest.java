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
          numéro 4G et C++              | numero 4g cplusplus
          c# F# .NET asp.net #net       | csharp fsharp dotnet asp net net
          Node.js Booking.com nous.Elle | node js booking com nous elle
          industrie 4.0 et 3.5          | industrie 4.0 3.5
          R.H. S.A.R.L I.A.             | rh sarl ia
          company's games               | company games
          éditeur de logiciels          | editeur logiciels
          le                            | le
          de la                         | de la
          123 456 782                   | 123456782
          123 456 782 00017             | 12345678200017
          123456782 00017               | 12345678200017
          31 moutons 42                 | 31 moutons 42
          pastelotron 3000 11000        | pastelotron 3000 11000
          12 345 678 2                  | 12 345 678 2
          j'ai                          | j ai
          j'ai l'IA                     | ia
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

  @Test
  void keepsTheGroupsOfANumberAsWordsThatMayHaveBeenMeant() {
    assertThat(TextQuery.parse("pack 100 200 300").words().get(1).apart())
        .extracting(TextQuery.Word::text)
        .containsExactly("100", "200", "300");
    assertThat(TextQuery.parse("123456782").words().get(0).apart()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          startup ia toulouse              | ia toulouse
          start up cyber                   | cyber
          entreprise de jeux à montpellier | jeux montpellier
          solutions cloud                  | cloud
          startup                          | startup
          start up                         | start up
          agences solutions                | agences solutions
          up                               | up
          """)
  void needsGenericWordsOnlyWhenThereAreNoOthers(String typed, String needed) {
    assertThat(
            TextQuery.parse(typed).words().stream()
                .filter(TextQuery.Word::needed)
                .map(TextQuery.Word::text))
        .containsExactly(needed.split(" "));
  }

  @Test
  void aPhraseMakesGenericWordsNeedless() {
    assertThat(TextQuery.parse("entreprise \"boîte noire\"").words())
        .extracting(TextQuery.Word::needed)
        .containsExactly(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"paie", "écologie", "compagnie", "protections", "alimente", "IA", "training"})
  void looksForNoTypingMistakeInWordsThatThereAre(String word) {
    assertThat(TextQuery.parse(word).words().get(0).correct()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cibersecurité",
        "logisiels",
        "tououse",
        "autanotorn",
        "rancongisiel",
        "perpignian"
      })
  void looksForTypingMistakesInOthers(String word) {
    assertThat(TextQuery.parse(word).words().get(0).correct()).isFalse();
  }

  /** The stem of a word with a letter too few is the right one: nothing else is looked for. */
  @ParameterizedTest
  @CsvSource({"montpelier, montpellier", "inteligence, intelligence", "logicciel, logiciel"})
  void findsWordsWithoutTheirDoubledLettersByTheirStem(String typed, String meant) {
    assertThat(TextQuery.parse(typed).words().get(0).forms())
        .containsAnyElementsOf(Words.stems(meant));
  }

  @Test
  void givesAMisspelledWordItsMeanings() {
    assertThat(Synonyms.shipped().askedLike(new TypingMistakes.Like("agricluture", 1).test()))
        .isEqualTo(TextQuery.parse("agritech").words().get(0).meanings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-d'énergie",
        "-énergie",
        "-l’énergie",
        "capteurs\u00A0-énergie",
        "a\u202F-énergie"
      })
  void leavesOutAWordWithoutItsArticle(String typed) {
    assertThat(TextQuery.parse(typed).excluded()).containsExactly(List.of("energie"));
  }

  @Test
  void leavesOutSeveralWordsTogether() {
    assertThat(TextQuery.parse("-l'auteur-d'oc -\"d'oc\" -le").excluded())
        .containsExactly(List.of("auteur", "d", "oc"), List.of("d", "oc"), List.of("le"));
  }

  private static List<String> texts(String typed) {
    return TextQuery.parse(typed).words().stream().map(TextQuery.Word::text).toList();
  }

  private static List<Boolean> unfinished(String typed) {
    return TextQuery.parse(typed).words().stream().map(TextQuery.Word::unfinished).toList();
  }
}
