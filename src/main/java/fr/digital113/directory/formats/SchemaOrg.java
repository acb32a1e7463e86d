package fr.digital113.directory.formats;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** JSON-LD in the vocabulary of schema.org, safe inside a {@code script} element. */
final class SchemaOrg {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(new JsonFactoryBuilder().characterEscapes(new ScriptEscapes()).build());
  private static final String CONTEXT = "https://schema.org";

  private SchemaOrg() {}

  /** One item, with the context that makes it a document of its own. */
  static RawJson item(Shape shape, RawJson item) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("@context", CONTEXT);
    try {
      document.setAll(view(shape, item));
      byte[] json = MAPPER.writeValueAsBytes(document);
      return new RawJson(json, 0, json.length);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static ObjectNode view(Shape shape, RawJson item) throws IOException {
    JsonNode json = MAPPER.readTree(item.utf8());
    ObjectNode view = Objects.requireNonNull(shape.layout().schemaOrg()).apply(json);
    view.set("subjectOf", entry(Attribution.of(shape.layout(), json)));
    return view;
  }

  /** Only works have a source and a licence: they are those of the entry that is about the item. */
  private static ObjectNode entry(Attribution source) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("@type", "CreativeWork");
    entry.put("creditText", source.name());
    entry.put("dateModified", source.date());
    return entry.put("license", Credits.LICENCE_URL);
  }

  /** A graph: the list as a data set, then its items. */
  static final class Writer implements ItemWriter {
    private final Shape shape;
    private final JsonGenerator json;

    Writer(Shape shape, OutputStream out, long revision) throws IOException {
      this.shape = shape;
      this.json =
          MAPPER
              .createGenerator(out)
              .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
              .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
      json.writeStartObject();
      json.writeStringField("@context", CONTEXT);
      json.writeArrayFieldStart("@graph");
      json.writeTree(dataset(shape, revision));
    }

    private static ObjectNode dataset(Shape shape, long revision) {
      String title = shape.layout().title().in(shape.language());
      ObjectNode dataset = JsonNodeFactory.instance.objectNode();
      dataset.put("@type", "Dataset");
      dataset.put("name", title);
      dataset.put("description", title + " (" + shape.request() + ")");
      dataset.put("license", Credits.LICENCE_URL);
      dataset.put("dateModified", shape.date().toString());
      dataset.put("version", Long.toString(revision));
      dataset.put("inLanguage", shape.language().tag());
      dataset.put("creditText", shape.layout().source());
      dataset.putObject("creator").put("@type", "Organization").put("name", Credits.CLUSTER);
      return dataset;
    }

    @Override
    public void item(RawJson item) throws IOException {
      json.writeTree(view(shape, item));
    }

    @Override
    public void end() throws IOException {
      json.writeEndArray();
      json.writeEndObject();
      json.flush();
    }
  }
}
