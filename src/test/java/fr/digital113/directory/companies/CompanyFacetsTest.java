package fr.digital113.directory.companies;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.testsupport.Fixture;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CompanyFacetsTest {
  @Inject Fixture fixture;

  @BeforeEach
  void loadTheFixture() {
    fixture.load();
  }

  @Test
  void areNotThereWhenNotAskedFor() {
    assertThat(Fixture.parsed(given().get("/v1/companies").asString()).fieldNames())
        .toIterable()
        .containsExactly("data", "page", "revision");
  }

  @Test
  void sayWhatEachValueIsCalledAndWhetherItIsSelected() {
    String answer =
        given().get("/v1/companies?sector=iot&lang=en&facets=sector,sizeClass,origin").asString();

    assertThat(Fixture.parsed(answer).path("facets"))
        .isEqualTo(
            Fixture.parsed(
                """
                {
                  "sector": [
                    {"code": "iot", "label": "Internet of Things", "count": 2, "selected": true},
                    {"code": "e-sante", "label": "E-health", "count": 1, "selected": false},
                    {"code": "fintech", "label": "FinTech", "count": 1, "selected": false},
                    {"code": "jeux-video", "label": "Video games", "count": 1, "selected": false},
                    {"code": "multimedia", "label": "Multimedia and audiovisual", "count": 1, "selected": false},
                    {"code": "systemes-embarques", "label": "Embedded systems", "count": 1, "selected": false}
                  ],
                  "sizeClass": [
                    {"code": "12", "label": "20 to 49 employees", "count": 1, "selected": false},
                    {"code": "22", "label": "100 to 199 employees", "count": 1, "selected": false}
                  ],
                  "origin": [
                    {"code": "digital113", "label": "Digital113", "count": 1, "selected": false},
                    {"code": "digitalplace", "label": "DigitalPlace", "count": 1, "selected": false}
                  ]
                }
                """));
  }

  @Test
  void nameTerritoriesWithTheirLevelAndSlug() {
    String answer = given().get("/v1/companies?sector=iot&facets=departement,epci").asString();

    assertThat(Fixture.parsed(answer).path("facets"))
        .isEqualTo(
            Fixture.parsed(
                """
                {
                  "departement": [
                    {"code": "31", "slug": "haute-garonne", "label": "Haute-Garonne", "level": "departement", "count": 2, "selected": false}
                  ],
                  "epci": [
                    {"code": "243100518", "slug": "toulouse-metropole", "label": "Toulouse Métropole", "level": "epci", "count": 2, "selected": false}
                  ]
                }
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/companies?facets=territory&sector=iot                       | 243100518=2 31=2 76=2 31069=1 31555=1
          /v1/companies?facets=departement                                | 31=2 34=1 81=1
          /v1/companies?facets=departement&territory=toulouse             | 31=2 34=1 81=1
          /v1/companies?facets=departement&territory=toulouse,31,gard     | 31=2* 34=1 81=1 30=0*
          /v1/companies?facets=departement&territory=gard&sector=e-sante  | 81=1 30=0*
          /v1/companies?facets=epci&territory=toulouse-metropole&sector=e-sante | 248100737=1 243100518=0*
          /v1/companies?facets=sector&territory=gard                      |
          /v1/companies?facets=sector&territory=gard&sector=iot,edtech    | edtech=0* iot=0*
          /v1/companies?facets=factory                                    | objets-connectes=3 jeux-serieux=2
          /v1/companies?facets=factory&factory=jeux-serieux,edition-responsable | objets-connectes=3 jeux-serieux=2* edition-responsable=0*
          /v1/companies?facets=factory&factory=0190a000-0000-7000-8000-0000000000f3&sector=iot | objets-connectes=2 jeux-serieux=1*
          /v1/companies?facets=origin&membership=former                   | frenchsouth-digital=1
          /v1/companies?facets=origin&membership=none                     |
          /v1/companies?facets=sizeClass&sizeClass=12,53&hiring=true      | 12=1* 22=1 53=0*
          /v1/territories/31/companies?facets=departement                 | 31=2
          /v1/territories/31/companies?facets=departement&territory=34    | 31=2 34=0*
          /v1/territories/31/companies?facets=sector&sector=jeux-video    | iot=2 fintech=1 systemes-embarques=1 jeux-video=0*
          /v1/factories/jeux-serieux/companies?facets=factory             | jeux-serieux=2 objets-connectes=1
          /v1/factories/jeux-serieux/companies?facets=factory&factory=objets-connectes | jeux-serieux=2 objets-connectes=1*
          """)
  void leaveOutTheirOwnFilterAndNoOther(String path, @Nullable String counts) {
    JsonNode facets = Fixture.parsed(given().get(path).asString()).path("facets");

    assertThat(facets).hasSize(1);
    assertThat(counts(facets.elements().next())).isEqualTo(counts == null ? "" : counts);
  }

  @Test
  void doNotChangeTheListAndAreKeptByItsLinks() {
    String path = "/v1/companies?membership=any&limit=2";
    JsonNode plain = Fixture.parsed(given().get(path).asString());
    Response first = given().get(path + "&facets=origin,sector&sector=iot,fintech,jeux-video");
    String next = first.path("page.next");
    Response second = given().urlEncodingEnabled(false).get(next);

    assertThat(Fixture.parsed(given().get(path + "&facets=sector").asString()).path("data"))
        .isEqualTo(plain.path("data"));
    assertThat(next).contains("?facets=origin%2Csector&");
    assertThat(second.<List<String>>path("data.slug")).containsExactly("pixels-mediterranee");
    assertThat(Fixture.parsed(second.asString()).path("facets"))
        .isEqualTo(Fixture.parsed(first.asString()).path("facets"))
        .isNotEmpty();
    assertThat(Fixture.parsed(second.asString()).path("facets").fieldNames())
        .toIterable()
        .containsExactly("origin", "sector");
  }

  @Test
  void takeACursorOfTheSameListWithoutThem() {
    String next = given().get("/v1/companies?limit=2").path("page.next");

    Response second = given().urlEncodingEnabled(false).get(next + "&facets=departement");

    assertThat(second.<List<String>>path("data.slug"))
        .containsExactly("pixels-mediterranee", "sante-connectee");
    assertThat(second.<List<Integer>>path("facets.departement.count")).containsExactly(2, 1, 1);
  }

  @Test
  void followWhatChanges() {
    fixture.sql("update factory set name = 'Factory Choses' where slug = 'objets-connectes'");
    fixture.sql("update company set publication = 'archived' where slug = 'sante-connectee'");

    Response answer = given().get("/v1/companies?facets=factory,sector");

    assertThat(answer.<List<String>>path("facets.factory.label"))
        .containsExactly("Factory Jeux sérieux", "Factory Choses");
    assertThat(answer.<List<Integer>>path("facets.factory.count")).containsExactly(2, 2);
    assertThat(answer.<List<String>>path("facets.sector.code")).doesNotContain("e-sante");
  }

  @Test
  void showTheMostFrequentTwoHundredAndWhatIsSelected() {
    fixture.sql("delete from initiative");
    fixture.sql("delete from factory");
    fixture.sql("delete from membership");
    fixture.sql("delete from company");
    fixture.sql(
        """
        insert into company (id, slug, name, commune, publication, source)
        select gen_random_uuid(), 'maison-' || code, 'Maison ' || code, code, 'published', 'cluster'
        from (select code from territory where level = 'commune' order by code limit 300) t
        """);
    String list = "/v1/companies?membership=any&facets=territory";
    List<String> codes = given().get(list).path("facets.territory.code");
    String last =
        given().get("/v1/companies?membership=any&sort=-name").path("data[0].commune.code");
    Response selected = given().get(list + "&territory=" + last);

    assertThat(codes).hasSize(200).startsWith("09", "76").doesNotContain(last);
    assertThat(selected.<List<String>>path("facets.territory.code"))
        .hasSize(200)
        .endsWith(last)
        .startsWith(codes.subList(0, 199).toArray(String[]::new));
    assertThat(selected.<List<Boolean>>path("facets.territory.selected")).endsWith(true);
  }

  @ParameterizedTest
  @CsvSource({
    "'facets=sector,region', unknown_value",
    "facets=hiring, unknown_value",
    "facets=, empty",
    "facets=sector&facets=origin, repeated"
  })
  void areRefusedByNameWhenTheyDoNotExist(String query, String code) {
    Response answer = given().get("/v1/companies?lang=en&" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.<List<String>>path("errors.parameter")).containsExactly("facets");
    assertThat(answer.<List<String>>path("errors.code")).containsExactly(code);
  }

  private static String counts(JsonNode values) {
    return String.join(
        " ",
        StreamSupport.stream(values.spliterator(), false)
            .map(
                value ->
                    value.path("code").asText()
                        + "="
                        + value.path("count").asInt()
                        + (value.path("selected").asBoolean() ? "*" : ""))
            .toList());
  }
}
