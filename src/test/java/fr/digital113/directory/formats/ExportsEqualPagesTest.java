package fr.digital113.directory.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.imports.Imports;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.Credits;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.poi.ss.usermodel.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An export holds exactly what the pages hold, in the same order. */
@QuarkusTest
class ExportsEqualPagesTest {
  private static final List<List<String>> FILTERS =
      List.of(
          List.of("membership=any", "membership=former", "membership=none,member"),
          List.of("sector=iot", "sector=fintech,jeux-video,logiciels", "sector=e-sante"),
          List.of("territory=toulouse-metropole", "territory=34", "territory=occitanie"),
          List.of("hiring=true", "hiring=false"),
          List.of("sort=-name", "sort=joined", "sort=-joined", "sort=relevance"),
          List.of("near=43.6045,1.444", "near=43.61,3.88&radius=80"),
          List.of("q=logiciel", "q=energie+donnees", "q=toulouse+-sante"),
          List.of("origin=digital113", "sizeClass=11,12,21", "exportMarket=DE,ES"),
          List.of("lang=en", "lang=fr"));

  @Inject Fixture fixture;
  @Inject Imports imports;
  @Inject DirectoryIndex index;

  @BeforeEach
  void loadTheFixtureAndTheDemonstrationData() throws IOException {
    fixture.load();
    for (String kind : List.of("members", "factories")) {
      try (InputStream file =
          Objects.requireNonNull(getClass().getResourceAsStream("/demo/" + kind + ".csv"))) {
        var unused = imports.load(kind, file, "test");
      }
    }
    index.catchUp();
  }

  @Test
  void companiesUnderRandomFilters() {
    Random random = new Random(113);
    int compared = 0;
    for (int i = 0; i < 12; i++) {
      String path = "/v1/companies" + query(random);
      List<JsonNode> items = Exports.pages(path);
      assertEqual(path, items, "id");
      JsonNode graph = Fixture.parsed(Exports.get(with(path, "jsonld")).asString()).path("@graph");
      assertThat(Exports.texts(graph, "/@id").stream().skip(1))
          .as(path)
          .containsExactlyElementsOf(
              items.stream().map(each -> "urn:uuid:" + each.path("id").asText()).toList());
      assertFeatures(path, items, "id");
      compared += items.size();
    }
    assertThat(compared).isGreaterThan(400);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/territories?level=epci&sort=-population, code",
    "/v1/territories?parent=haute-garonne, code",
    "/v1/sectors?lang=en, slug",
    "/v1/factories?sort=-name, id",
    "/v1/events?sort=-start, id",
    "/v1/workshops?lang=en, id",
    "/v1/initiatives?sort=-endedOn, id",
    "/v1/factories/objets-connectes/initiatives?lang=en, id",
    "/v1/factories/objets-connectes/companies, id",
    "/v1/territories/toulouse/companies?membership=any, id",
    "'/v1/companies?near=43.6045,1.444&sort=distance', id",
    "'/v1/companies?near=43.61,3.88&radius=80&sort=distance&membership=any', id",
    "'/v1/meetings?from=2026-10-01&to=2028-01-01', id",
    "/v1/factories/objets-connectes/meetings?from=2026-10-01&lang=en, id",
    "/v1/companies?q=logiciel, id",
    "/v1/companies?q=toulouse+-sante&sort=-joined, id"
  })
  void otherLists(String path, String id) {
    List<JsonNode> items = Exports.pages(path);
    assertThat(items).isNotEmpty();
    assertEqual(path, items, id);
    if (items.get(0).has("centre")) {
      assertFeatures(path, items, id);
    }
  }

  private static void assertEqual(String path, List<JsonNode> items, String id) {
    List<String> ids = items.stream().map(each -> each.path(id).asText()).toList();

    List<JsonNode> lines = Exports.lines(Exports.get(with(path, "ndjson")).asString());
    lines.forEach(line -> removeCredits((ObjectNode) line, !items.get(0).has("source")));
    assertThat(lines).as(path).isEqualTo(items);
    assertThat(Exports.column(Exports.csv(Exports.get(with(path, "csv")), ','), id))
        .as(path)
        .isEqualTo(ids);
    List<String> cells = new ArrayList<>();
    for (Row row : Exports.xlsx(Exports.get(with(path, "xlsx"))).getSheetAt(0)) {
      cells.add(row.getCell(0).getStringCellValue());
    }
    assertThat(cells.subList(1, cells.size())).as(path).isEqualTo(ids);
  }

  /** What lines have more than pages. */
  private static void removeCredits(ObjectNode line, boolean sourceToo) {
    assertThat(line.remove("licence").asText()).isEqualTo(Credits.LICENCE_URL);
    assertThat(line.at("/source/name").asText()).isNotEmpty();
    if (sourceToo) {
      line.remove("source");
    }
  }

  private static void assertFeatures(String path, List<JsonNode> items, String id) {
    JsonNode collection = Fixture.parsed(Exports.get(with(path, "geojson")).asString());
    List<JsonNode> members = new ArrayList<>();
    for (JsonNode feature : collection.path("features")) {
      ObjectNode item = feature.path("properties").deepCopy();
      item.set(id, feature.path("id"));
      members.add(item);
      JsonNode place = item.has("centre") ? item.path("centre") : item.path("location");
      assertThat(feature.at("/geometry/coordinates/0").doubleValue())
          .isEqualTo(place.path("lon").doubleValue());
      assertThat(feature.at("/geometry/coordinates/1").doubleValue())
          .isEqualTo(place.path("lat").doubleValue());
    }
    assertThat(members).as(path).isEqualTo(items);
  }

  private static String query(Random random) {
    List<String> chosen = new ArrayList<>();
    for (List<String> filter : FILTERS) {
      if (random.nextInt(3) == 0) {
        chosen.add(filter.get(random.nextInt(filter.size())));
      }
    }
    if (chosen.stream().anyMatch(each -> each.startsWith("near="))) {
      chosen.removeIf(each -> each.startsWith("sort="));
      chosen.add("sort=distance");
    }
    if (chosen.stream().noneMatch(each -> each.startsWith("q="))) {
      chosen.remove("sort=relevance");
    }
    return chosen.isEmpty() ? "" : "?" + String.join("&", chosen);
  }

  private static String with(String path, String format) {
    return path + (path.contains("?") ? "&" : "?") + "format=" + format;
  }
}
