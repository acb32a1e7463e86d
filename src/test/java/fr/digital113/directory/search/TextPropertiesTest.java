package fr.digital113.directory.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Demonstration;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every search. */
@QuarkusTest
class TextPropertiesTest {
  private static final List<String> SAMPLE =
      List.of(
          "jeux vidéo montp",
          "logisiels toulouse",
          "intelligence artificielle",
          "IA santé",
          "conseil cyber",
          "capteurs d'oc",
          "cloud -perpignan");

  /** Companies that others do not show, so that what is left stays as it was. */
  private static final String SOME =
      """
      select id from company c
      where not exists (select from factory_participant where company = c.id)
        and not exists (select from factory_lead where company = c.id)
        and ascii(md5(slug)) % 2 = 0
      """;

  private static final List<String> FILTERS =
      List.of("sector=logiciels", "territory=toulouse", "membership=any", "hiring=true");

  @Inject Demonstration demonstration;
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheDemonstration() {
    demonstration.loadUnlessThere();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "machine learning toulouse",
        "réalité virtuelle",
        "open source nîmes",
        "jeux vidéo montp",
        "logisiels toulouse agence",
        "e santé montpellier",
        "intelligence artificielle santé",
        "cyber sécurité startup",
        "capteurs oc toulouse cloud",
        "100 200 300"
      })
  void theOrderOfWordsDoesNotMatterToWhatIsFound(String query) {
    List<String> found = found(query, "sort=name");
    for (List<String> order : orders(List.of(query.split(" ")))) {
      assertThat(found(String.join(" ", order), "sort=name")).as("%s", order).isEqualTo(found);
    }
  }

  /** Each of these was among the answers of the other word, or before them. */
  @ParameterizedTest
  @CsvSource({
    "paie, la-pie-bavarde-en-sol-mineur",
    "encryption, chante-circuit",
  })
  void whatOnlyLooksAlikeIsNotFound(String query, String slug) {
    assertThat(found(query, "membership=any")).doesNotContain(slug);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "startup",
        "startup ia toulouse",
        "start up cyber",
        "solutions cloud",
        "agence de communication",
        "viticulteur",
        "logiciel pour viticulteurs",
        "SaaS RH",
        "ordinateurs reconditionnés",
        "chatbot",
        "jeu pour enfants",
        "développement web toulouse"
      })
  void everydaySearchesFindSomething(String query) {
    assertThat(found(query, "")).isNotEmpty();
  }

  @Test
  void aGenericWordTakesNothingAway() {
    assertThat(found("entreprise de jeux à montpellier", ""))
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(found("montpellier jeux", ""));
  }

  @Test
  void whatIsMisspelledComesAfterWhatIsNot() {
    fixture.sql("update company set name = 'Zébulonix' where slug = 'autanotron'");
    fixture.sql(
        "update company set description_fr = 'Un zébulonic.' where slug = 'aether-de-violette'");

    assertThat(found("zebulonic", "")).containsExactly("aether-de-violette", "autanotron");
    demonstration.load();
  }

  private static List<List<String>> orders(List<String> words) {
    if (words.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> orders = new ArrayList<>();
    for (String first : words) {
      List<String> rest = new ArrayList<>(words);
      rest.remove(first);
      for (List<String> order : orders(rest)) {
        List<String> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        orders.add(whole);
      }
    }
    return orders;
  }

  @Test
  void aFurtherFilterOrWordNeverAddsResults() {
    for (String query : SAMPLE) {
      List<String> without = found(query, "membership=any");
      for (String filter : FILTERS) {
        assertThat(without).as(query + " " + filter).containsAll(found(query, filter));
      }
      assertThat(without).as(query).containsAll(found(query + " -toulouse", "membership=any"));
      assertThat(without).as(query).containsAll(found(query + " \"logiciels\"", "membership=any"));
    }
  }

  @Test
  void everyOrderHasTheSameResults() {
    for (String query : SAMPLE) {
      assertThat(found(query, "sort=name"))
          .as(query)
          .containsExactlyInAnyOrderElementsOf(found(query, "sort=relevance"));
    }
  }

  @Test
  void whatElseIsInTheDirectoryDoesNotMatter() {
    List<String> queries = SAMPLE;
    List<List<String>> before = queries.stream().map(query -> found(query, "")).toList();

    fixture.sql("delete from membership where company in (" + SOME + ")");
    fixture.sql("delete from company where id in (" + SOME + ")");

    Set<String> left = new HashSet<>(found(null, ""));
    assertThat(left).hasSizeBetween(100, 350);
    for (int i = 0; i < queries.size(); i++) {
      assertThat(found(queries.get(i), ""))
          .as(queries.get(i))
          .containsExactlyElementsOf(before.get(i).stream().filter(left::contains).toList());
    }
  }

  @Test
  void followsNextToTheEndAndPrevBackByRelevance() {
    for (String path :
        List.of(
            "/v1/companies?q=logiciel&limit=7",
            "/v1/companies?q=toulouse&limit=50&sort=relevance",
            "/v1/companies?q=-toulouse&limit=40",
            "/v1/territories?q=saint&limit=150")) {
      List<String> forwards = new ArrayList<>();
      List<List<String>> pages = new ArrayList<>();
      String last = path;
      for (String next = path; next != null; ) {
        Response page = page(next);
        forwards.addAll(slugs(page));
        pages.add(slugs(page));
        last = next;
        next = page.path("page.next");
      }
      List<List<String>> back = new ArrayList<>();
      for (String prev = last; prev != null; ) {
        Response page = page(prev);
        back.add(0, slugs(page));
        prev = page.path("page.prev");
      }
      assertThat(pages).as(path).hasSizeGreaterThan(2).isEqualTo(back);
      assertThat(forwards)
          .as(path)
          .doesNotHaveDuplicates()
          .hasSize(page(path).<Integer>path("page.total"));
    }
  }

  private static Response page(String path) {
    return given().urlEncodingEnabled(false).get(path);
  }

  private static List<String> slugs(Response page) {
    return page.path("data.slug");
  }

  /** All results, in order; of everything when there is no text. */
  private static List<String> found(@Nullable String query, String filter) {
    var request = given().queryParam("limit", 200);
    if (query != null) {
      request = request.queryParam("q", query);
    }
    List<String> found = new ArrayList<>();
    Response page = request.get("/v1/companies" + (filter.isEmpty() ? "" : "?" + filter));
    found.addAll(slugs(page));
    for (String next = page.path("page.next"); next != null; next = page.path("page.next")) {
      page = page(next);
      found.addAll(slugs(page));
    }
    return found;
  }
}
