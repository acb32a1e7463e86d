package fr.digital113.directory.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.erasure.Terms.Term;
import fr.digital113.directory.web.JsonBody;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a person is found in texts, by what was given and by hashes of it alike. */
class FinderTest {
  private static final List<Term> TERMS =
      terms(
          """
          {"emails": ["Jeanne.Exemple@example.org", "j.e@example.org"], "phones": ["+33 5 36 49 00 77", "+34 912 345 678"],
           "names": ["Jeanne Éxemple", "Anne Marie Modèle", "Łukasz Mœller", "Bjørn Straße"], "actors": ["user:7f3"], "dryRun": true}
          """);

  private static List<Term> terms(String body) {
    try {
      return ErasureRequest.of(JsonBody.of(new ObjectMapper().readTree(body))).terms();
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(body, wrong);
    }
  }

  private static String masked(String text) {
    String given = new Finder(Terms.given(TERMS)).masked(text);
    ErasureKey key = ErasureKey.random();
    List<Term> hashes = TERMS.stream().map(term -> term.hashed(key)).toList();
    assertThat(hashes.toString()).doesNotContain("exemple", "536490077", "user");
    assertThat(new Finder(Terms.hashed(hashes, key)).masked(text)).isEqualTo(given);
    return given;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Écrire à JEANNE.EXEMPLE@EXAMPLE.ORG.|Écrire à […].",
        "mailto:jeanne.exemple@example.org?subject=x|mailto:[…]?subject=x",
        "https://example.org/?to=jeanne.exemple@example.org|https://example.org/?to=[…]",
        "Tél. 05 36 49 00 77, bureau 12|Tél. […], bureau 12",
        "0536490077|[…]",
        "+33536490077 31000|[…] 31000",
        "+33 (0)5.36.49.00.77|[…]",
        "0033 5 36 49 00 77|[…]",
        "33536490077|[…]",
        "05-36-49-00-77/0612345678|[…]/0612345678",
        "00 34 912 345 678|[…]",
        "Fondée par Jeanne Exemple et d'autres|Fondée par […] et d'autres",
        "EXEMPLE JEANNE|[…]",
        "jeanne-exemple-conseil|[…]-conseil",
        "Modèle Anne-Marie, Anne Marie Modele|[…], […]",
        "Écrivez à jeanne.exemple@example.org.Merci|Écrivez à […].Merci",
        "jeanne.exemple@example.org-Paris|[…]-Paris",
        "le _jeanne.exemple@example.org_ ici|le _[…]_ ici",
        "_jeanne.exemple@example.org|_[…]",
        "https://example.org/?c=jeanne.exemple%40example.org&t=%2B33536490077|https://example.org/?c=[…]&t=[…]",
        "https://example.org/Jeanne%20Exemple/é|https://example.org/[…]/é",
        "https://example.org/Jeanne%20%C3%89xemple%FF%C3|https://example.org/[…]%FF%C3",
        "jeanne.exemple%40example.org|[…]",
        "05–36–49–00–77|[…]",
        "05,36,49,00,77|[…]",
        "05\u200936\u200949\u200900\u200977|[…]",
        "Tel0536490077|Tel[…]",
        "0536490077Merci|[…]Merci",
        "33 (0)5 36 49 00 77|[…]",
        "+33 (0)5 36 49 00 77+34 912 345 678|[…][…]",
        "Jean\u00ADne Exemple|[…]",
        "Jeanne\u200BExemple|[…]",
        "https://example.org/%F0%9F%99%82Jeanne%20Exemple%F0%9F%99%82|https://example.org/%F0%9F%99%82[…]%F0%9F%99%82",
        "Lukasz Mœller et Łukasz Moeller|[…] et […]",
        "BJØRN STRASSE et Bjorn Straße|[…] et […]",
      })
  void findsAPersonHoweverItIsWritten(String text, String masked) {
    assertThat(masked(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "marie.j.e@example.org",
        "j.e@example.organisation",
        "j.e@example.org.example",
        "Jeanne et Exemple",
        "100% jeanne",
        "05364900+77",
        "Jeannette Exemple",
        "536490077",
        "10536490077",
        "053649007712",
        "5364900770",
        "0190a000-0000-7000-8000-053649007700"
      })
  void leavesOthersAlone(String text) {
    assertThat(masked(text)).isEqualTo(text);
  }
}
