package fr.digital113.directory.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The dashboard and the alerts that are kept beside the program. */
final class PrometheusFiles {
  static final Path RUNBOOKS = Path.of("docs/operations/runbooks");
  static final Path METRICS = Path.of("docs/operations/metrics.md");

  private static final Path FOLDER = Path.of("k8s/observability");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:directory|agroal|jvm|process|system)_[a-z0-9_]+");

  private PrometheusFiles() {}

  static JsonNode dashboard() {
    return read(new ObjectMapper(), FOLDER.resolve("dashboard.json"));
  }

  /** All alerts of all groups. */
  static List<JsonNode> alerts() {
    List<JsonNode> alerts = new ArrayList<>();
    read(new ObjectMapper(new YAMLFactory()), FOLDER.resolve("alerts.yaml"))
        .path("groups")
        .forEach(group -> group.path("rules").forEach(alerts::add));
    return alerts;
  }

  /** Every expression of the dashboard and the alerts. */
  static List<String> expressions() {
    List<String> all = new ArrayList<>();
    dashboard().findValues("expr").forEach(each -> all.add(each.asText()));
    dashboard()
        .path("templating")
        .path("list")
        .forEach(each -> all.add(each.path("query").path("query").asText()));
    alerts().forEach(each -> all.add(each.path("expr").asText()));
    return all;
  }

  /** The names of metrics in a text. */
  static Set<String> metricsIn(String text) {
    Set<String> names = new TreeSet<>();
    METRIC.matcher(text).results().forEach(each -> names.add(each.group()));
    return names;
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static JsonNode read(ObjectMapper mapper, Path file) {
    try {
      return mapper.readTree(file.toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
