package fr.digital113.directory.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keyset paging, the same for every list. */
@QuarkusTest
class PagingTest {
  private static final String LICENCE =
      "<https://www.etalab.gouv.fr/licence-ouverte-open-licence/>; rel=\"license\"";

  private static final int STABLE = 60;

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void linksEachPageToItsNeighboursAndKeepsEveryParameter() {
    // In the order of their names, so that all who ask for the same are answered the same
    String first = "/v1/companies?lang=en&limit=2&membership=any&sort=-name";
    Response one = given().get("/v1/companies?membership=any&limit=2&sort=-name&lang=en");
    Response two = given().urlEncodingEnabled(false).get(one.<String>path("page.next"));

    assertThat(one.<List<String>>path("data.slug"))
        .containsExactly("sante-connectee", "registre-logiciel");
    assertThat(one.<String>path("page.prev")).isNull();
    assertThat(one.<String>path("page.next")).startsWith(first + "&cursor=");
    assertThat(one.headers().getValues("Link"))
        .containsExactly(
            "<" + first + ">; rel=\"first\"",
            "<" + one.path("page.next") + ">; rel=\"next\"",
            LICENCE);

    assertThat(two.<List<String>>path("data.slug"))
        .containsExactly("pixels-mediterranee", "finances-occitanes");
    assertThat(two.<Integer>path("page.total")).isEqualTo(6);
    assertThat(two.headers().getValues("Link"))
        .containsExactly(
            "<" + first + ">; rel=\"first\"",
            "<" + two.path("page.prev") + ">; rel=\"prev\"",
            "<" + two.path("page.next") + ">; rel=\"next\"",
            LICENCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/companies?membership=any&limit=1",
        "/v1/companies?membership=any&limit=2&sort=-joined",
        "/v1/companies?membership=any&limit=4&sort=joined",
        "/v1/sectors?limit=5",
        "/v1/factories?limit=2&sort=-name",
        "/v1/territories?level=epci&limit=50&sort=-population"
      })
  void followsNextToTheEndAndPrevBackOverTheSamePages(String path) {
    List<String> forwards = new ArrayList<>();
    List<String> pages = new ArrayList<>();
    String last = path;
    for (String next = path; next != null; ) {
      Response page = page(next);
      forwards.addAll(names(page));
      pages.add(names(page).toString());
      last = next;
      next = page.path("page.next");
    }
    List<String> backPages = new ArrayList<>();
    for (String prev = last; prev != null; ) {
      Response page = page(prev);
      backPages.add(0, names(page).toString());
      prev = page.path("page.prev");
    }

    assertThat(forwards)
        .doesNotHaveDuplicates()
        .hasSize(given().get(path).<Integer>path("page.total"));
    assertThat(backPages).isEqualTo(pages);
  }

  @ParameterizedTest
  @CsvSource({"name, 1", "-name, 2", "joined, 3", "-joined, 4"})
  void findsEachStableCompanyExactlyOnceWhileOthersComeAndGo(String sort, int seed) {
    Random random = new Random(seed);
    insertStableCompanies();
    insert("passing", 0, 30);

    List<String> seen = new ArrayList<>();
    int inserted = 30;
    String next = "/v1/companies?membership=any&territory=gers&limit=7&sort=" + sort;
    String last = next;
    while (next != null) {
      Response page = page(next);
      seen.addAll(names(page));
      last = next;
      next = page.path("page.next");
      if (next != null) { // the way back begins at the last page: nothing may be pushed out of it
        insert("passing", inserted, inserted + 3);
        inserted += 3;
        fixture.sql("delete from company where slug = ?", "passing-" + random.nextInt(inserted));
      }
    }
    assertThat(stable(seen)).hasSize(STABLE).doesNotHaveDuplicates();

    List<String> seenBackwards = new ArrayList<>();
    for (String prev = last; prev != null; ) {
      Response page = page(prev);
      List<String> names = new ArrayList<>(names(page));
      Collections.reverse(names);
      seenBackwards.addAll(names);
      fixture.sql("delete from company where slug = ?", "passing-" + random.nextInt(inserted));
      prev = page.path("page.prev");
    }
    List<String> backwards = stable(seenBackwards);
    Collections.reverse(backwards);
    assertThat(backwards).isEqualTo(stable(seen));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/companies?membership=any&limit=2&sector=iot",
        "/v1/companies?membership=any&limit=2&sort=-name",
        "/v1/companies?limit=2",
        "/v1/territories/occitanie/companies?membership=any&limit=2",
        "/v1/sectors?limit=2"
      })
  void refusesACursorOfAnotherList(String other) {
    Response first = given().get("/v1/companies?membership=any&limit=2");
    String cursor = first.<String>path("page.next").replaceAll(".*cursor=", "");

    assertThat(refusal(other + "&cursor=" + cursor)).isEqualTo("/problems/invalid-cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAAAAAAAAAA", "é"})
  void refusesWhatIsNoCursor(String cursor) {
    assertThat(refusal("/v1/companies?cursor=" + cursor)).isEqualTo("/problems/invalid-cursor");
  }

  /** One that is damaged may not end a walk early without a word. */
  @Test
  void refusesACursorWithAnyByteChanged() {
    Response first = given().get("/v1/companies?membership=any&limit=2");
    String cursor = first.<String>path("page.next").replaceAll(".*cursor=", "");
    byte[] bytes = Base64.getUrlDecoder().decode(cursor);
    for (int at = 0; at < bytes.length; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(damaged);

      assertThat(refusal("/v1/companies?membership=any&limit=2&cursor=" + text))
          .as("byte %d", at)
          .isEqualTo("/problems/invalid-cursor");
    }
  }

  @Test
  void takesACursorWithAnotherLimitOrLanguage() {
    Response first = given().get("/v1/companies?membership=any&limit=2");
    String cursor = first.<String>path("page.next").replaceAll(".*cursor=", "");

    assertThat(names(given().get("/v1/companies?membership=any&limit=3&lang=en&cursor=" + cursor)))
        .containsExactly("finances-occitanes", "pixels-mediterranee", "registre-logiciel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "201", "many", "1.5", "99999999999"})
  void refusesALimitOutOfRange(String limit) {
    Response answer = given().get("/v1/companies?limit=" + limit);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<List<String>>path("errors.code")).containsExactly("out_of_range");
  }

  @Test
  void answersAnEmptyPageWhereNothingMatches() {
    Response answer = given().get("/v1/companies?territory=lozere");

    assertThat(answer.<List<String>>path("data.slug")).isEmpty();
    assertThat(Fixture.parsed(answer.asString()).path("page"))
        .isEqualTo(Fixture.parsed("{\"limit\": 20, \"total\": 0, \"next\": null, \"prev\": null}"));
  }

  /** Several share a name, or the day that they joined, so that the id must decide. */
  private void insertStableCompanies() {
    fixture.sql(
        """
        insert into company (id, slug, name, commune, publication, source)
        select gen_random_uuid(), 'stable-' || n, 'Maison ' || n % 20, '32013', 'published', 'cluster'
        from generate_series(1, ?) n
        """,
        STABLE);
    fixture.sql(
        """
        insert into membership (company, joined_on, origin)
        select id, date '2020-01-01' + substr(slug, 8)::integer % 10, 'digital113' from company
        where slug like 'stable-%' and substr(slug, 8)::integer % 3 > 0
        """);
  }

  private void insert(String slug, int from, int to) {
    fixture.sql(
        """
        insert into company (id, slug, name, commune, publication, source)
        select gen_random_uuid(), ? || '-' || n, 'Maison ' || (n * 7) % 20, '32013', 'published', 'cluster'
        from generate_series(?, ? - 1) n
        """,
        slug, from, to);
  }

  private static List<String> stable(List<String> slugs) {
    return new ArrayList<>(slugs.stream().filter(slug -> slug.startsWith("stable-")).toList());
  }

  private static Response page(String path) {
    Response page = given().urlEncodingEnabled(false).get(path);
    assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
    return page;
  }

  private static @Nullable String refusal(String path) {
    Response answer = given().urlEncodingEnabled(false).get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    return answer.path("type");
  }

  private static List<String> names(Response page) {
    return page.path("data.slug");
  }
}
