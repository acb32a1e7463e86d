package fr.digital113.directory.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Page;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** GeoJSON (RFC 7946): points, longitude first. */
final class GeoJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double MICRODEGREES = 1e6; // a tenth of a metre; RFC 7946 advises no more

  private GeoJson() {}

  /** A collection with the members of a page beside its features. */
  static Map<String, Object> page(Shape shape, Page page) {
    Map<String, Object> collection = start(shape);
    collection.put("features", page.data().stream().map(item -> feature(shape, item)).toList());
    collection.put("page", page.page());
    if (page.facets() != null) {
      collection.put("facets", page.facets());
    }
    collection.put("revision", page.revision());
    return collection;
  }

  private static Map<String, Object> start(Shape shape) {
    Map<String, Object> collection = new LinkedHashMap<>();
    collection.put("type", "FeatureCollection");
    collection.put("source", shape.layout().source());
    collection.put("date", shape.date().toString());
    collection.put("licence", Credits.LICENCE_URL);
    return collection;
  }

  /** The item's members are the properties, but the one that names it is the feature's id. */
  static ObjectNode feature(Shape shape, RawJson item) {
    ObjectNode properties = parse(item);
    JsonNode id = properties.remove(shape.layout().id());
    ObjectNode feature = JsonNodeFactory.instance.objectNode();
    feature.put("type", "Feature");
    feature.set("id", id);
    feature.set("geometry", point(properties.at(Objects.requireNonNull(shape.layout().point()))));
    if (!shape.fields().isEmpty()) {
      properties.retain(shape.fields());
    }
    feature.set("properties", properties);
    return feature;
  }

  private static ObjectNode point(JsonNode place) {
    ObjectNode point = JsonNodeFactory.instance.objectNode();
    point.put("type", "Point");
    point
        .putArray("coordinates")
        .add(rounded(place.path("lon").doubleValue()))
        .add(rounded(place.path("lat").doubleValue()));
    return point;
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * MICRODEGREES) / MICRODEGREES;
  }

  private static ObjectNode parse(RawJson item) {
    try {
      return (ObjectNode) MAPPER.readTree(item.utf8());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** A collection of any size. */
  static final class Writer implements ItemWriter {
    private final Shape shape;
    private final JsonGenerator json;

    Writer(Shape shape, OutputStream out, long revision) throws IOException {
      this.shape = shape;
      this.json =
          new JsonFactory(MAPPER)
              .createGenerator(out)
              .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
              .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      json.writeStartObject();
      for (Map.Entry<String, Object> member : start(shape).entrySet()) {
        json.writeStringField(member.getKey(), member.getValue().toString());
      }
      json.writeNumberField("revision", revision);
      json.writeArrayFieldStart("features");
    }

    @Override
    public void item(RawJson item) throws IOException {
      json.writeTree(feature(shape, item));
    }

    @Override
    public void end() throws IOException {
      json.writeEndArray();
      json.writeEndObject();
      json.flush();
    }
  }
}
