package fr.digital113.directory.statistics.cubes;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.NewestVersion;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How cubes are asked for and answered. */
@QuarkusTest
class CubeShapeTest {
  private static final String PATH = "/streamed/cubes";

  @Inject Fixture fixture;
  @Inject NewestVersion newest;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "*/*", "text/html, application/*;q=0.9"})
  void whoeverTakesJsonGetsJsonStat(String accept) {
    Response answer = request().accept(accept).get(PATH);

    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.jsonPath().getString("version")).isEqualTo("2.0");
  }

  @Test
  void otherFormatsAreAskedForByNameOrMediaType() {
    assertThat(get("?format=json").jsonPath().getList("data")).hasSize(1);
    assertThat(get("?format=jsonstat").jsonPath().getString("class")).isEqualTo("dataset");
    assertThat(request().accept("text/csv").get(PATH).contentType())
        .isEqualTo("text/csv;charset=UTF-8;header=present");
    assertThat(request().accept("application/x-ndjson").get(PATH).statusCode()).isEqualTo(406);
  }

  @ParameterizedTest
  @CsvSource({
    "?format=json&dialect=excel, dialect, contradiction",
    "?layout=pivot, layout, contradiction",
    "?format=xlsx&layout=tidy, layout, contradiction",
    "?format=csv&layout=long, layout, unknown_value",
    "?format=geojson, format, unknown_value"
  })
  void whatDoesNotGoTogetherIsTold(String query, String parameter, String code) {
    Response answer = get(query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.jsonPath().getList("errors.parameter")).containsExactly(parameter);
    assertThat(answer.jsonPath().getList("errors.code")).containsExactly(code);
  }

  @Test
  void aContradictionNamesTheFormat() {
    assertThat(get("?layout=pivot&lang=en").jsonPath().getString("errors[0].message"))
        .isEqualTo("\"layout\" goes with the format csv only.");
    assertThat(get("?layout=pivot&lang=fr").jsonPath().getString("errors[0].message"))
        .isEqualTo("« layout » ne va qu'avec le format csv.");
  }

  @ParameterizedTest
  @CsvSource({
    "?format=csv, statistics-companies-2026-11-28-r%d.csv",
    "?format=csv&lang=en, statistics-companies-en-2026-11-28-r%d.csv",
    "?format=csv&layout=tidy, statistics-companies-2026-11-28-r%d.csv",
    "?format=csv&layout=pivot&dialect=excel,"
        + " statistics-companies-2026-11-28-r%d-pivot-excel.csv",
    "?format=xlsx, statistics-companies-2026-11-28-r%d.xlsx",
    "?format=xlsx&vintage=true, statistics-companies-vintage-true-2026-10-31.xlsx"
  })
  void filesAreNamedByWhatWasAskedFor(String query, String name) {
    long revision = Objects.requireNonNull(newest.get()).revision();

    assertThat(get(query).header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + name.formatted(revision) + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonstat", "json", "csv&layout=pivot", "xlsx"})
  void anAnswerForEverybodyIsComputedOnceAndComesFromMemory(String format) {
    String query = "?asked=in-memory&format=" + format;
    int before = CubesResource.COMPUTED.get();

    Response first = get(query);
    Response second = get(query);

    assertThat(CubesResource.COMPUTED.get() - before).isEqualTo(1);
    assertThat(second.asByteArray()).isEqualTo(first.asByteArray()).isNotEmpty();
    for (String header :
        List.of(
            "ETag", "Link", "Cache-Control", "Vary", "Content-Language", "Content-Disposition")) {
      assertThat(second.header(header)).as(header).isEqualTo(first.header(header));
    }
    assertThat(first.header("Link"))
        .isEqualTo("<https://www.etalab.gouv.fr/licence-ouverte-open-licence/>; rel=\"license\"");
    assertThat(first.header("Cache-Control")).startsWith("public, max-age=60");
  }

  @Test
  void whoKnowsItGetsA304WithoutAnyComputing() {
    String tag = get("?private=true").header("ETag");
    int before = CubesResource.COMPUTED.get();

    Response again = request().header("If-None-Match", tag).get(PATH + "?private=true");

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.header("ETag")).isEqualTo(tag);
    assertThat(CubesResource.COMPUTED.get()).isEqualTo(before);
  }

  @Test
  void everyShapeHasATagOfItsOwn() {
    List<String> queries =
        List.of(
            "",
            "?format=json",
            "?format=csv",
            "?format=csv&dialect=excel",
            "?format=csv&layout=pivot",
            "?format=csv&layout=pivot&dialect=excel",
            "?format=xlsx");

    Stream<String> tags =
        Stream.of(Language.values())
            .flatMap(
                language ->
                    queries.stream()
                        .map(
                            query ->
                                request()
                                    .header("Accept-Language", language.tag())
                                    .get(PATH + query)
                                    .header("ETag")));

    assertThat(tags).hasSize(14).doesNotHaveDuplicates();
  }

  @Test
  void whatIsPrivateIsKeptNowhere() {
    int before = CubesResource.COMPUTED.get();

    for (int i = 0; i < 2; i++) {
      assertThat(get("?private=true&format=csv").header("Cache-Control"))
          .isEqualTo("private, no-store");
    }

    assertThat(CubesResource.COMPUTED.get() - before).isEqualTo(2);
  }

  private static Response get(String query) {
    return request().get(PATH + query);
  }

  /** Nothing that the contract knows is asked for here. */
  private static RequestSpecification request() {
    return given().noFilters().urlEncodingEnabled(false);
  }
}
