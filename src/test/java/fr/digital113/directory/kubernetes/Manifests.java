package fr.digital113.directory.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects of Kubernetes, read from YAML. */
record Manifests(List<JsonNode> objects) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String SETTINGS = "configMapGenerator";

  /** All objects of a file. */
  static Manifests read(Path file) {
    return parse(file, text(file));
  }

  /** All objects of a text, empty documents left out. */
  static Manifests parse(Object where, String text) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      List<JsonNode> objects = new ArrayList<>();
      documents.forEachRemaining(each -> objects.add(each));
      return new Manifests(objects.stream().filter(JsonNode::isObject).toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Not YAML: " + where, unreadable);
    }
  }

  /**
   * What the kustomization of a folder lists, with its labels, images and settings. Without
   * patches, which only kustomize itself applies.
   */
  static Manifests ofKustomization(Path folder) {
    JsonNode kustomization = read(folder.resolve("kustomization.yaml")).objects().get(0);
    List<JsonNode> objects = new ArrayList<>();
    for (JsonNode file : kustomization.path("resources")) {
      Path resource = folder.resolve(file.asText());
      objects.addAll(
          (Files.isDirectory(resource) ? ofKustomization(resource) : read(resource)).objects());
    }
    for (JsonNode generated : kustomization.path(SETTINGS)) {
      ObjectNode map = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
      map.putObject("metadata").put("name", generated.path("name").asText());
      ObjectNode data = map.putObject("data");
      for (JsonNode literal : generated.path("literals")) {
        String[] setting = literal.asText().split("=", 2);
        data.put(setting[0], setting[1]);
      }
      objects.add(map);
    }
    Manifests all = new Manifests(objects);
    all.templates().forEach(template -> label(template, kustomization.path("labels")));
    all.containers()
        .forEach(container -> tag((ObjectNode) container, kustomization.path("images")));
    return all;
  }

  private static void label(JsonNode template, JsonNode labels) {
    ObjectNode own = (ObjectNode) template.path("metadata").path("labels");
    labels.forEach(each -> own.setAll((ObjectNode) each.path("pairs")));
  }

  private static void tag(ObjectNode container, JsonNode images) {
    for (JsonNode image : images) {
      if (container.path("image").asText().equals(image.path("name").asText())) {
        container.put("image", image.path("name").asText() + ":" + image.path("newTag").asText());
      }
    }
  }

  Stream<JsonNode> ofKind(String... kinds) {
    return objects.stream().filter(each -> List.of(kinds).contains(each.path("kind").asText()));
  }

  Optional<JsonNode> named(String kind, String name) {
    return ofKind(kind).filter(each -> name(each).equals(name)).findFirst();
  }

  /** Templates of pods. */
  Stream<JsonNode> templates() {
    return objects.stream()
        .flatMap(
            each ->
                Stream.of(each.at("/spec/template"), each.at("/spec/jobTemplate/spec/template")))
        .filter(each -> each.path("spec").has("containers"))
        // A pooler's is made up by its operator
        .filter(each -> !each.path("spec").path("containers").isEmpty());
  }

  Stream<JsonNode> containers() {
    return templates()
        .flatMap(
            each ->
                Stream.concat(
                    stream(each.path("spec").path("initContainers")),
                    stream(each.path("spec").path("containers"))));
  }

  static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
