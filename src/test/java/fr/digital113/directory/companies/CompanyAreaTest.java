package fr.digital113.directory.companies;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CompanyAreaTest {
  /** The centre of Toulouse. */
  private static final String TOULOUSE = "near=43.596381,1.431673";

  /** Less than the metre to which distances are shown. */
  private static final BigDecimal HAIR = new BigDecimal("0.0001");

  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  /** Computed apart, with Vincenty's formula for a sphere of 6371.0087714 km. */
  @ParameterizedTest
  @CsvSource({
    "capteurs-d-oc, address, 0.782",
    "finances-occitanes, commune, 6.634",
    "registre-logiciel, commune, 64.947",
    "sante-connectee, commune, 68.123",
    "pixels-mediterranee, commune, 196.211",
    "ecran-vert, commune, 235.981"
  })
  void tellsTheDistanceToTheCompanyOrElseToTheCentreOfItsCommune(
      String slug, String precision, double km) {
    JsonNode company = company("/v1/companies?membership=any&" + TOULOUSE, slug);

    assertThat(company.path("distance").doubleValue()).isEqualTo(km);
    assertThat(company.at("/location/precision").asText()).isEqualTo(precision);
    assertThat(company.fieldNames()).toIterable().last().isEqualTo("distance");
  }

  @Test
  void tellsNoDistanceWithoutAPoint() {
    for (JsonNode company : Fixture.parsed(given().get("/v1/companies").asString()).path("data")) {
      assertThat(company.has("distance")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          near=43.596381,1.431673                           | capteurs-d-oc finances-occitanes sante-connectee pixels-mediterranee
          near=43.596381,1.431673&sort=distance             | capteurs-d-oc finances-occitanes sante-connectee pixels-mediterranee
          near=43.613441,3.868517                           | pixels-mediterranee sante-connectee capteurs-d-oc finances-occitanes
          near=43.596381,1.431673&sort=-name                | sante-connectee pixels-mediterranee finances-occitanes capteurs-d-oc
          near=43.613441,3.868517&sort=joined&sector=iot    | capteurs-d-oc finances-occitanes
          near=43.596381,1.431673&radius=6.634              | capteurs-d-oc finances-occitanes
          near=43.596381,1.431673&radius=6.6339             | capteurs-d-oc
          near=43.596381,1.431673&radius=6.6349             | capteurs-d-oc finances-occitanes
          near=43.596381,1.431673&radius=0.782              | capteurs-d-oc
          near=43.596381,1.431673&radius=0.781              |
          near=43.6,1.44&radius=0.001                       | capteurs-d-oc
          near=43.6,1.44&radius=0.0000001                   | capteurs-d-oc
          near=43.596381,1.431673&radius=1000               | capteurs-d-oc finances-occitanes sante-connectee pixels-mediterranee
          near=-43.6,-178.5&radius=1000                     |
          near=43.596381,1.431673&radius=100&sort=-name     | sante-connectee finances-occitanes capteurs-d-oc
          bbox=1.3,43.5,1.6,43.7                            | capteurs-d-oc finances-occitanes
          bbox=1.44,43.6,1.45,43.61                         | capteurs-d-oc
          bbox=1.43,43.59,1.44,43.6                         | capteurs-d-oc
          bbox=1.440001,43.59,1.45,43.61                    |
          bbox=1.43,43.600001,1.45,43.61                    |
          bbox=1.43,43.59,1.439999,43.61                    |
          bbox=1.43,43.59,1.45,43.599999                    |
          bbox=1.44,43.6,1.44,43.6                          | capteurs-d-oc
          bbox=-180,-90,180,90                              | capteurs-d-oc finances-occitanes pixels-mediterranee sante-connectee
          bbox=3.868517,43.613441,4,44                      | pixels-mediterranee
          bbox=2,43,4,44&near=43.596381,1.431673&radius=100 | sante-connectee
          bbox=1.3,43.5,1.6,43.7&near=43.613441,3.868517    | capteurs-d-oc finances-occitanes
          """)
  void findsWhatIsNearAPointOrInABox(String query, @Nullable String slugs) {
    Response answer = given().get("/v1/companies?" + query);

    assertThat(answer.<List<String>>path("data.slug"))
        .containsExactlyElementsOf(slugs == null ? List.of() : List.of(slugs.split(" ")));
    assertThat(answer.<Integer>path("page.total"))
        .isEqualTo(answer.<List<String>>path("data.slug").size());
  }

  @Test
  void countsFacetsOfWhatIsNear() {
    Response answer =
        given().get("/v1/territories/31/companies?" + TOULOUSE + "&radius=1&facets=sector");

    assertThat(answer.<List<String>>path("facets.sector.code"))
        .containsExactly("iot", "systemes-embarques");
    assertThat(answer.<List<Integer>>path("facets.sector.count")).containsExactly(1, 1);
  }

  @Test
  void followsAMovedCompany() {
    fixture.sql(
        "update company set latitude = 44.0, longitude = 2.0 where slug = 'finances-occitanes'");

    JsonNode moved =
        company("/v1/companies?near=44,2&bbox=1.9,43.9,2.1,44.1", "finances-occitanes");

    assertThat(moved.path("distance").doubleValue()).isZero();
    assertThat(moved.at("/location/precision").asText()).isEqualTo("address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"&sort=distance", "", "&sort=-name", "&radius=40", "&bbox=0,43,1,44"})
  void visitsEachCompanyOnceForwardsAndBackwards(String more) {
    insertAround(60);
    String path =
        "/v1/companies?membership=any&territory=gers&near=43.65343,0.57519&limit=7" + more;
    List<String> seen = new ArrayList<>();
    List<Double> distances = new ArrayList<>();
    List<String> pages = new ArrayList<>();
    String last = path;
    for (String next = path; next != null; ) {
      Response page = page(next);
      seen.addAll(page.path("data.slug"));
      distances.addAll(distances(page));
      pages.add(page.path("data.slug").toString());
      last = next;
      next = page.path("page.next");
    }
    List<String> backPages = new ArrayList<>();
    for (String prev = last; prev != null; ) {
      Response page = page(prev);
      backPages.add(0, page.path("data.slug").toString());
      prev = page.path("page.prev");
    }

    assertThat(seen).doesNotHaveDuplicates().hasSize(page(path).<Integer>path("page.total"));
    assertThat(seen.size()).isGreaterThan(10);
    assertThat(backPages).isEqualTo(pages);
    if (!more.contains("name")) {
      assertThat(distances).isSorted();
    }
  }

  @Test
  void agreesWithTheShownDistanceAtTheEdgeOfEveryRadius() {
    insertAround(60);
    String path = "/v1/companies?membership=any&territory=gers&limit=200&near=43.65343,0.57519";
    List<Double> distances = distances(page(path));

    assertThat(distances).hasSize(60).contains(0.0);
    for (double km : distances.stream().filter(each -> each > 0).distinct().toList()) {
      long within = distances.stream().filter(each -> each <= km).count();
      long below = distances.stream().filter(each -> each < km).count();
      assertThat(page(path + "&radius=" + km).<Integer>path("page.total")).isEqualTo((int) within);
      assertThat(
              page(path + "&radius=" + BigDecimal.valueOf(km).subtract(HAIR))
                  .<Integer>path("page.total"))
          .isEqualTo((int) below);
    }
  }

  @Test
  void bindsACursorToThePoint() {
    String next = given().get("/v1/companies?limit=2&near=43.6,1.4").path("page.next");

    Response other =
        given().urlEncodingEnabled(false).get(next.replaceAll("near=[^&]*", "near=43.6,1.5"));

    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.<String>path("type")).isEqualTo("/problems/invalid-cursor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          near=43.6                              | near   | invalid_number  | near=43.6045,1.4442
          near=43.6,1.4,0                        | near   | invalid_number  | near=43.6045,1.4442
          near=43.6,                             | near   | invalid_number  | near=43.6045,1.4442
          near=NaN,1.4                           | near   | invalid_number  | near=43.6045,1.4442
          near=Infinity,1.4                      | near   | invalid_number  | near=43.6045,1.4442
          near=1e400,1.4                         | near   | invalid_number  | near=43.6045,1.4442
          near=1e1,1.4                           | near   | invalid_number  | near=43.6045,1.4442
          near=43.6;1.4                          | near   | invalid_number  | near=43.6045,1.4442
          near=toulouse                          | near   | invalid_number  | near=43.6045,1.4442
          near=0x1p3,1                           | near   | invalid_number  | near=43.6045,1.4442
          near=90.0001,0                         | near   | out_of_range    | near=43.6045,1.4442
          near=0,-180.0001                       | near   | out_of_range    | near=43.6045,1.4442
          near=                                  | near   | empty           |
          near=43,1&near=44,1                    | near   | repeated        |
          near=x&radius=3                        | near   | invalid_number  | near=43.6045,1.4442
          near=x&sort=distance                   | near   | invalid_number  | near=43.6045,1.4442
          radius=5                               | radius | needs_near      | near=43.6045,1.4442
          near=43,1&radius=0                     | radius | out_of_range    | radius=12.5
          near=43,1&radius=0.000                 | radius | out_of_range    | radius=12.5
          near=43,1&radius=-1                    | radius | out_of_range    | radius=12.5
          near=43,1&radius=1000.0001             | radius | out_of_range    | radius=12.5
          near=43,1&radius=NaN                   | radius | invalid_number  | radius=12.5
          near=43,1&radius=1e2                   | radius | invalid_number  | radius=12.5
          near=43,1&radius=1e400                 | radius | invalid_number  | radius=12.5
          near=43,1&radius=5km                   | radius | invalid_number  | radius=12.5
          near=43,1&radius=5,5                   | radius | invalid_number  | radius=12.5
          sort=distance                          | sort   | needs_near      | "near"
          near=43,1&sort=-distance               | sort   | unknown_value   |
          bbox=1,43,2                            | bbox   | invalid_number  | bbox=1.3,43.5,1.6,43.7
          bbox=1,43,2,44,5                       | bbox   | invalid_number  | bbox=1.3,43.5,1.6,43.7
          bbox=1,43,2,NaN                        | bbox   | invalid_number  | bbox=1.3,43.5,1.6,43.7
          bbox=1,43,2,1e400                      | bbox   | invalid_number  | bbox=1.3,43.5,1.6,43.7
          bbox=2,43,1,44                         | bbox   | wrong_way_round | west,south,east,north
          bbox=1,44,2,43                         | bbox   | wrong_way_round | west,south,east,north
          bbox=1,43,2,90.1                       | bbox   | out_of_range    | bbox=1.3,43.5,1.6,43.7
          bbox=-180.1,43,2,44                    | bbox   | out_of_range    | bbox=1.3,43.5,1.6,43.7
          """)
  void refusesWhatIsNoPlaceAndShowsTheRightForm(
      String query, String parameter, String code, @Nullable String form) {
    Response answer = given().get("/v1/companies?lang=en&" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<List<String>>path("errors.parameter")).containsExactly(parameter);
    assertThat(answer.<List<String>>path("errors.code")).containsExactly(code);
    assertThat(answer.<String>path("errors[0].message")).contains(form == null ? "" : form);
  }

  @Test
  void tellsAllMistakesAtOnce() {
    Response answer = given().get("/v1/companies?near=91,0&radius=-1&bbox=2,43,1,44&sort=farthest");

    assertThat(answer.<List<String>>path("errors.parameter"))
        .containsExactly("near", "radius", "bbox", "sort");
  }

  /** Around Auch: a third of them at its centre exactly, so that the id must decide. */
  private void insertAround(int count) {
    fixture.sql(
        """
        insert into company (id, slug, name, commune, latitude, longitude, publication, source)
        select gen_random_uuid(), 'autour-' || n, 'Maison ' || n % 20, '32013',
          case when n % 3 > 0 then 43.65343 + sin(n) * 0.4 end,
          case when n % 3 > 0 then 0.57519 + cos(n * 7) * 0.5 end,
          'published', 'cluster'
        from generate_series(1, ?) n
        """,
        count);
  }

  private static JsonNode company(String path, String slug) {
    for (JsonNode company : Fixture.parsed(given().get(path).asString()).path("data")) {
      if (company.path("slug").asText().equals(slug)) {
        return company;
      }
    }
    throw new AssertionError(slug + " is not in " + path);
  }

  private static List<Double> distances(Response page) {
    List<Double> distances = new ArrayList<>();
    for (JsonNode company : Fixture.parsed(page.asString()).path("data")) {
      distances.add(company.path("distance").doubleValue());
    }
    return distances;
  }

  private static Response page(String path) {
    Response page = given().urlEncodingEnabled(false).get(path);
    assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
    return page;
  }
}
