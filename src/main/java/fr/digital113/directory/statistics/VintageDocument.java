package fr.digital113.directory.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.statistics.cubes.Cube;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A published vintage as it is kept and served: all official tables, texts in both languages. Its
 * bytes never change.
 */
final class VintageDocument {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode document;

  private VintageDocument(JsonNode document) {
    this.document = document;
  }

  static VintageDocument read(String text) {
    try {
      return new VintageDocument(MAPPER.readTree(text));
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("a vintage is no JSON", damaged);
    }
  }

  /**
   * What a vintage says of itself.
   *
   * @param replaces the vintage that it corrects; null for the first of a day
   * @param workforce of the whole region; null when it was not known
   */
  record Head(
      String id,
      String asOf,
      String publishedAt,
      @Nullable String replaces,
      ReferenceFigures.@Nullable Figure workforce) {
    String href() {
      return "/v1/statistics/vintages/" + id;
    }

    Text citation() {
      return new Text(
          "%s, « %s », millésime %s, publié le %s, %s"
              .formatted(Credits.CLUSTER, CompanyCube.LABEL.fr(), id, day(), Credits.LICENCE),
          "%s, \"%s\", vintage %s, published on %s, %s"
              .formatted(Credits.CLUSTER, CompanyCube.LABEL.en(), id, day(), Credits.LICENCE));
    }

    private String day() {
      return publishedAt.substring(0, 10);
    }
  }

  /**
   * Writes one.
   *
   * @param tables cubes of companies and jobs; jobs that are withheld have no value
   */
  static String write(Head head, List<Cube> tables) {
    ObjectNode document = MAPPER.createObjectNode();
    document.put("id", head.id()).put("asOf", head.asOf()).put("publishedAt", head.publishedAt());
    document.put("replaces", head.replaces());
    document.set("title", text(CompanyCube.LABEL));
    document.set("citation", text(head.citation()));
    document.put("source", Credits.CLUSTER);
    document.putObject("licence").put("name", Credits.LICENCE).put("url", Credits.LICENCE_URL);
    document.put("href", head.href());
    ReferenceFigures.Figure workforce = head.workforce();
    if (workforce == null) {
      document.putNull("regionalWorkforce");
    } else {
      document
          .putObject("regionalWorkforce")
          .put("value", workforce.value())
          .put("date", workforce.date())
          .put("source", workforce.source());
    }
    ArrayNode all = document.putArray("tables");
    tables.forEach(each -> all.add(table(each)));
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("cannot write a vintage", failure);
    }
  }

  private static ObjectNode table(Cube cube) {
    ObjectNode table = MAPPER.createObjectNode();
    ArrayNode by = table.putArray("by");
    ArrayNode dimensions = table.putArray("dimensions");
    for (Dimension dimension : cube.dimensions()) {
      by.add(dimension.id());
      ObjectNode each = dimensions.addObject().put("id", dimension.id());
      each.set("label", text(dimension.label()));
      ArrayNode categories = each.putArray("categories");
      dimension
          .categories()
          .forEach(
              category ->
                  categories
                      .addObject()
                      .put("code", category.code())
                      .set("label", text(category.label())));
    }
    for (int measure = 0; measure < cube.measures().size(); measure++) {
      ArrayNode values = table.putArray(cube.measures().get(measure).id());
      for (int i = measure; i < cube.cells().size(); i += cube.measures().size()) {
        Number value = cube.cells().get(i).value();
        values.add(value == null ? null : (Long) value.longValue());
      }
    }
    ArrayNode notes = table.putArray("notes");
    cube.about().notes().forEach(note -> notes.add(text(note)));
    return table;
  }

  private static ObjectNode text(Text text) {
    return MAPPER.createObjectNode().put("fr", text.fr()).put("en", text.en());
  }

  private static Text text(JsonNode node) {
    return new Text(node.path("fr").asText(), node.path("en").asText());
  }

  Head head() {
    JsonNode workforce = document.path("regionalWorkforce");
    return new Head(
        document.path("id").asText(),
        document.path("asOf").asText(),
        document.path("publishedAt").asText(),
        document.path("replaces").textValue(),
        workforce.isObject()
            ? new ReferenceFigures.Figure(
                workforce.path("value").decimalValue(),
                workforce.path("date").asText(),
                workforce.path("source").asText())
            : null);
  }

  /** The names of its tables, as {@code by} takes them. */
  List<List<String>> tables() {
    List<List<String>> all = new ArrayList<>();
    document.path("tables").forEach(table -> all.add(texts(table.path("by"))));
    return all;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /**
   * One of its tables, with these measures, its dimensions in the order asked for.
   *
   * @return null when it has no such table
   */
  @Nullable Cube cube(List<String> by, List<CompanyMeasure> measures) {
    for (JsonNode table : document.path("tables")) {
      List<String> stored = texts(table.path("by"));
      if (stored.size() == by.size() && stored.containsAll(by)) {
        return cube(table, by.stream().map(stored::indexOf).toList(), measures);
      }
    }
    return null;
  }

  /** Every table, with companies and jobs. */
  List<Cube> cubes() {
    List<Cube> all = new ArrayList<>();
    for (List<String> by : tables()) {
      Cube cube = cube(by, List.of(CompanyMeasure.COMPANIES, CompanyMeasure.JOBS));
      if (cube != null) {
        all.add(cube);
      }
    }
    return all;
  }

  private Cube cube(JsonNode table, List<Integer> order, List<CompanyMeasure> measures) {
    Head head = head();
    List<Dimension> stored = new ArrayList<>();
    for (JsonNode each : table.path("dimensions")) {
      Breakdown breakdown = Breakdown.of(each.path("id").asText());
      List<Category> categories = new ArrayList<>();
      each.path("categories")
          .forEach(
              category ->
                  categories.add(
                      new Category(category.path("code").asText(), text(category.path("label")))));
      stored.add(
          new Dimension(breakdown.id(), text(each.path("label")), breakdown.role(), categories));
    }
    List<Text> notes = new ArrayList<>();
    table.path("notes").forEach(note -> notes.add(text(note)));
    if (measures.contains(CompanyMeasure.JOBS_SHARE)) {
      ReferenceFigures.Figure workforce = head.workforce();
      notes.add(workforce == null ? Notes.NO_WORKFORCE : workforce.note());
    }
    List<Cell> cells = new ArrayList<>();
    for (int place : places(stored, order)) {
      for (CompanyMeasure measure : measures) {
        cells.add(cell(measure, table, place, head));
      }
    }
    return new Cube(
        CompanyCube.NAME,
        CompanyCube.LABEL,
        order.stream().map(stored::get).toList(),
        measures.stream().map(CompanyMeasure::measure).toList(),
        cells,
        new Cube.About(
            Credits.CLUSTER, head.publishedAt(), head.asOf(), head.citation(), head.href(), notes));
  }

  /** Where each cell of the reordered table is in the stored one, in the reordered order. */
  private static List<Integer> places(List<Dimension> stored, List<Integer> order) {
    Map<Integer, Integer> strides = new HashMap<>();
    int stride = 1;
    for (int i = stored.size() - 1; i >= 0; i--) {
      strides.put(i, stride);
      stride *= stored.get(i).categories().size();
    }
    List<Integer> places = List.of(0);
    for (int dimension : order) {
      List<Integer> more = new ArrayList<>();
      for (int place : places) {
        for (int i = 0; i < stored.get(dimension).categories().size(); i++) {
          more.add(place + i * strides.getOrDefault(dimension, 0));
        }
      }
      places = more;
    }
    return places;
  }

  private static Cell cell(CompanyMeasure measure, JsonNode table, int place, Head head) {
    JsonNode value =
        table
            .path(measure == CompanyMeasure.COMPANIES ? measure.id() : CompanyMeasure.JOBS.id())
            .path(place);
    if (value.isNull()) {
      return Cell.confidential();
    }
    if (measure == CompanyMeasure.JOBS_SHARE) {
      ReferenceFigures.Figure workforce = head.workforce();
      BigDecimal all = workforce == null ? null : workforce.value();
      return CompanyCube.share(value.asLong(), all);
    }
    return Cell.of(value.asLong());
  }
}
