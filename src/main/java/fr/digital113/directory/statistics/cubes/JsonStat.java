package fr.digital113.directory.statistics.cubes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.statistics.cubes.Cube.About;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.statistics.cubes.Cube.Measure;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import java.util.List;

/** A cube as JSON-stat 2.0 (json-stat.org/full); the measures are its last dimension. */
final class JsonStat {
  private static final String MEASURE = "measure";
  private static final String LABEL = "label";
  private static final String CATEGORY = "category";
  private static final String INDEX = "index";
  private static final String STATUS = "status";
  private static final Text MEASURES = new Text("Indicateur", "Measure");

  private final Cube cube;
  private final Language language;

  private JsonStat(Cube cube, Language language) {
    this.cube = cube;
    this.language = language;
  }

  static ObjectNode of(Cube cube, Language language) {
    return new JsonStat(cube, language).dataset();
  }

  private ObjectNode dataset() {
    About about = cube.about();
    ObjectNode dataset = object().put("version", "2.0").put("class", "dataset");
    if (about.href() != null) {
      dataset.put("href", about.href());
    }
    dataset.put(LABEL, cube.label().in(language)).put("source", about.source());
    if (about.updated() != null) {
      dataset.put("updated", about.updated());
    }
    if (!about.notes().isEmpty()) {
      ArrayNode notes = dataset.putArray("note");
      about.notes().forEach(each -> notes.add(each.in(language)));
    }
    ArrayNode id = dataset.putArray("id");
    ArrayNode size = dataset.putArray("size");
    for (Dimension dimension : cube.dimensions()) {
      id.add(dimension.id());
      size.add(dimension.categories().size());
    }
    id.add(MEASURE);
    size.add(cube.measures().size());
    dataset.set("role", role());
    ObjectNode dimensions = dataset.putObject("dimension");
    cube.dimensions().forEach(each -> dimensions.set(each.id(), dimension(each)));
    dimensions.set(MEASURE, measures());
    addFigures(dataset);
    dataset.set("extension", extension());
    return dataset;
  }

  private ObjectNode role() {
    ObjectNode role = object();
    for (Dimension dimension : cube.dimensions()) {
      switch (dimension.role()) {
        case GEO -> role.withArray("geo").add(dimension.id());
        case TIME -> role.withArray("time").add(dimension.id());
        case CLASSIFICATION -> {
          // the role of whatever has none
        }
      }
    }
    role.putArray("metric").add(MEASURE);
    return role;
  }

  private ObjectNode dimension(Dimension dimension) {
    ObjectNode node = object().put(LABEL, dimension.label().in(language));
    ObjectNode category = node.putObject(CATEGORY);
    ArrayNode index = category.putArray(INDEX);
    ObjectNode labels = category.putObject(LABEL);
    dimension
        .categories()
        .forEach(
            each -> {
              index.add(each.code());
              labels.put(each.code(), each.label().in(language));
            });
    return node;
  }

  private ObjectNode measures() {
    ObjectNode node = object().put(LABEL, MEASURES.in(language));
    ObjectNode category = node.putObject(CATEGORY);
    ArrayNode index = category.putArray(INDEX);
    ObjectNode labels = category.putObject(LABEL);
    ObjectNode units = category.putObject("unit");
    for (Measure measure : cube.measures()) {
      index.add(measure.id());
      labels.put(measure.id(), measure.label().in(language));
      units
          .putObject(measure.id())
          .put(LABEL, measure.unit().in(language))
          .put("decimals", measure.decimals());
    }
    return node;
  }

  private void addFigures(ObjectNode dataset) {
    ArrayNode values = dataset.putArray("value");
    ObjectNode status = object();
    List<Measure> measures = cube.measures();
    for (int i = 0; i < cube.cells().size(); i++) {
      Cell cell = cube.cells().get(i);
      values.add(Figures.value(cell, measures.get(i % measures.size())));
      if (cell.status() != null) {
        status.put(Integer.toString(i), cell.status());
      }
    }
    if (!status.isEmpty()) {
      dataset.set(STATUS, status);
    }
  }

  private ObjectNode extension() {
    ObjectNode extension =
        object().put("asOf", cube.about().asOf()).put("licence", Credits.LICENCE_URL);
    Text citation = cube.about().citation();
    if (citation != null) {
      extension.put("citation", citation.in(language));
    }
    ArrayNode measures = extension.putArray("measures");
    cube.measures().forEach(each -> measures.add(each.id()));
    var statuses = Figures.statuses(cube);
    if (!statuses.isEmpty()) {
      ObjectNode labels = extension.putObject(STATUS).putObject(LABEL);
      statuses.forEach((code, meaning) -> labels.put(code, meaning.in(language)));
    }
    return extension;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
