package fr.digital113.directory.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The committed contract, {@code openapi/openapi.yaml}, as tests read it. */
public final class Contract {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final Contract COMMITTED = read(Path.of("openapi", "openapi.yaml"));

  private final JsonNode document;
  private final JsonNode schemas;
  private final List<Operation> operations = new ArrayList<>();
  private final JsonSchemaFactory factory = schemaFactory();
  private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

  /** One method of one path, {@code node} being what the contract says of it. */
  public record Operation(String method, String path, JsonNode node) {
    private Pattern pattern() {
      return Pattern.compile(path.replaceAll("\\{[^/]+}", "[^/]+"));
    }

    /** Of two that fit, the one that says more is meant. */
    private long literals() {
      return path.replaceAll("\\{[^/]+}", "").length();
    }

    private long placeholders() {
      return path.chars().filter(each -> each == '{').count();
    }

    /** As people write it, and as tests compare it. */
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private Contract(JsonNode document) {
    this.document = document;
    this.schemas = closed(document.at("/components/schemas").deepCopy());
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(each -> METHODS.contains(each.getKey()))
                    .forEach(
                        each ->
                            operations.add(
                                new Operation(
                                    each.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    each.getValue()))));
    operations.sort(
        Comparator.comparingLong(Operation::placeholders)
            .thenComparing(Comparator.comparingLong(Operation::literals).reversed()));
  }

  /** The contract of this source tree. */
  public static Contract committed() {
    return COMMITTED;
  }

  private static Contract read(Path file) {
    try {
      return new Contract(new YAMLMapper().readTree(file.toFile()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The whole document. */
  public JsonNode document() {
    return document;
  }

  /** Every operation. */
  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** The operation that a request asks for; null when the contract has none. */
  @Nullable Operation operation(String method, String path) {
    List<Operation> fitting =
        operations.stream().filter(each -> each.pattern().matcher(path).matches()).toList();
    long fewest = fitting.stream().mapToLong(Operation::placeholders).min().orElse(0);
    return fitting.stream()
        .filter(each -> each.placeholders() == fewest && each.method().equals(method))
        .findFirst()
        .orElse(null);
  }

  /** The parameters of an operation that are in {@code query}, {@code path} or {@code header}. */
  public Set<String> parameters(Operation operation, String place) {
    return new TreeSet<>(parameterSchemas(operation, place).keySet());
  }

  /** The same parameters, each with the schema of its value. */
  Map<String, JsonNode> parameterSchemas(Operation operation, String place) {
    Map<String, JsonNode> schemas = new TreeMap<>();
    for (JsonNode each : operation.node().path("parameters")) {
      JsonNode parameter = resolve(each);
      if (parameter.path("in").asText().equals(place)) {
        schemas.put(parameter.path("name").asText(), parameter.path("schema"));
      }
    }
    return schemas;
  }

  /** What a reference points to; any other node is itself. */
  public JsonNode resolve(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isTextual() ? resolve(document.at(reference.asText().substring(1))) : node;
  }

  /** A component by its kind and name, for instance {@code responses} and {@code NotFound}. */
  public JsonNode component(String kind, String name) {
    return document.path("components").path(kind).path(name);
  }

  /** What is wrong with a value, in words; empty when it is valid. */
  public List<String> violations(JsonNode schema, JsonNode value) {
    return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .sorted()
        .toList();
  }

  private JsonSchema compile(JsonNode schema) {
    ObjectNode root = closed(schema.deepCopy());
    root.putObject("components").set("schemas", schemas);
    return factory.getSchema(
        root, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
  }

  private static JsonSchemaFactory schemaFactory() {
    JsonMetaSchema dialect =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .keyword(new NonValidationKeyword("components"))
            .build();
    return JsonSchemaFactory.getInstance(
        VersionFlag.V202012, factory -> factory.metaSchema(dialect));
  }

  /** Lists that are open for readers are closed for us: we answer nothing that is not in them. */
  private static <T extends JsonNode> T closed(T node) {
    if (node instanceof ObjectNode object && object.has("x-extensible-enum")) {
      object.set("enum", object.remove("x-extensible-enum"));
    }
    node.forEach(Contract::closed);
    return node;
  }
}
