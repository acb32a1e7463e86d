package fr.digital113.directory.kubernetes;

import static fr.digital113.directory.kubernetes.Manifests.name;
import static fr.digital113.directory.kubernetes.Manifests.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether what objects say of each other is there: labels, ports, settings, volumes. */
final class ManifestReferences {
  private final Manifests all;
  private final List<String> mistakes = new ArrayList<>();

  private ManifestReferences(Manifests all) {
    this.all = all;
  }

  static List<String> mistakes(Manifests all) {
    ManifestReferences references = new ManifestReferences(all);
    all.ofKind("Deployment").forEach(references::checkOwnPods);
    all.ofKind("Service", "PodDisruptionBudget", "NetworkPolicy")
        .forEach(references::checkSelector);
    all.ofKind("ServiceMonitor").forEach(references::checkMonitor);
    all.ofKind("HorizontalPodAutoscaler").forEach(references::checkAutoscaler);
    all.ofKind("HTTPRoute").forEach(references::checkRoute);
    all.ofKind("Ingress").forEach(references::checkIngress);
    all.templates().forEach(references::checkPod);
    return references.mistakes;
  }

  private void checkOwnPods(JsonNode deployment) {
    require(
        matches(deployment.at("/spec/selector/matchLabels"), deployment.at("/spec/template")),
        deployment,
        "does not select its own pods");
  }

  private void checkSelector(JsonNode object) {
    JsonNode selector =
        switch (object.path("kind").asText()) {
          case "Service" -> object.at("/spec/selector");
          case "NetworkPolicy" -> object.at("/spec/podSelector/matchLabels");
          default -> object.at("/spec/selector/matchLabels");
        };
    boolean ofAnOperator = selector.has("cnpg.io/cluster") || selector.has("cnpg.io/poolerName");
    require(
        ofAnOperator || all.templates().anyMatch(each -> matches(selector, each)),
        object,
        "selects no pod: " + selector);
  }

  private void checkMonitor(JsonNode monitor) {
    JsonNode selector = monitor.at("/spec/selector/matchLabels");
    for (JsonNode endpoint : monitor.at("/spec/endpoints")) {
      require(
          all.ofKind("Service")
              .filter(service -> matches(selector, service))
              .anyMatch(service -> hasPort(service, endpoint.path("port"))),
          monitor,
          "finds no port " + endpoint.path("port").asText());
    }
  }

  private void checkAutoscaler(JsonNode autoscaler) {
    JsonNode target = autoscaler.at("/spec/scaleTargetRef");
    require(
        all.named(target.path("kind").asText(), target.path("name").asText()).isPresent(),
        autoscaler,
        "scales nothing");
  }

  private void checkRoute(JsonNode route) {
    for (JsonNode parent : route.at("/spec/parentRefs")) {
      require(
          all.named("Gateway", parent.path("name").asText()).stream()
              .flatMap(gateway -> stream(gateway.at("/spec/listeners")))
              .anyMatch(listener -> listener.path("name").equals(parent.path("sectionName"))),
          route,
          "has no listener");
    }
    route.findValues("backendRefs").stream()
        .flatMap(Manifests::stream)
        .forEach(each -> checkBackend(route, each.path("name"), each.path("port")));
    List<String> paths = new ArrayList<>();
    for (JsonNode rule : route.at("/spec/rules")) {
      if (rule.has("backendRefs")) {
        stream(rule.path("matches"))
            .forEach(each -> paths.add(Paths.of(each.at("/path/type"), each.at("/path/value"))));
      }
    }
    if (!paths.isEmpty()) {
      Paths.mistakes(paths).forEach(each -> require(false, route, each));
    }
  }

  private void checkIngress(JsonNode ingress) {
    List<String> paths = new ArrayList<>();
    for (JsonNode rule : ingress.at("/spec/rules")) {
      for (JsonNode path : rule.at("/http/paths")) {
        JsonNode service = path.at("/backend/service");
        checkBackend(ingress, service.path("name"), service.at("/port/name"));
        paths.add(Paths.of(path.path("pathType"), path.path("path")));
      }
    }
    Paths.mistakes(paths).forEach(each -> require(false, ingress, each));
  }

  private void checkBackend(JsonNode object, JsonNode name, JsonNode port) {
    require(
        all.named("Service", name.asText()).filter(each -> hasPort(each, port)).isPresent(),
        object,
        "leads to no port %s of a Service %s".formatted(port.asText(), name.asText()));
  }

  private void checkPod(JsonNode template) {
    JsonNode pod = template.path("spec");
    List<String> volumes =
        stream(pod.path("volumes")).map(each -> each.path("name").asText()).toList();
    for (JsonNode container : pod.path("containers")) {
      stream(container.path("volumeMounts"))
          .map(each -> each.path("name").asText())
          .forEach(each -> require(volumes.contains(each), template, "has no volume " + each));
      for (JsonNode from : container.path("envFrom")) {
        requireNamed(template, "ConfigMap", from.at("/configMapRef/name"));
      }
    }
    for (JsonNode claim : pod.findValues("claimName")) {
      requireNamed(template, "PersistentVolumeClaim", claim);
    }
    requireNamed(template, "ServiceAccount", pod.path("serviceAccountName"));
  }

  private void requireNamed(JsonNode who, String kind, JsonNode name) {
    require(
        all.named(kind, name.asText()).isPresent(),
        who,
        "has no %s %s".formatted(kind, name.asText()));
  }

  private static boolean hasPort(JsonNode service, JsonNode port) {
    return stream(service.at("/spec/ports"))
        .anyMatch(each -> each.path("name").equals(port) || each.path("port").equals(port));
  }

  private static boolean matches(JsonNode selector, JsonNode labelled) {
    JsonNode labels = labelled.at("/metadata/labels");
    return !selector.isEmpty()
        && selector.properties().stream()
            .map(Map.Entry::getKey)
            .allMatch(label -> selector.path(label).equals(labels.path(label)));
  }

  private void require(boolean holds, JsonNode who, String mistake) {
    if (!holds) {
      String named = name(who).isEmpty() ? "a pod" : who.path("kind").asText() + " " + name(who);
      mistakes.add(named + " " + mistake);
    }
  }

  /** Paths that are led to the program: all of the contract, and nothing that is the cluster's. */
  private static final class Paths {
    private static final List<String> OF_THE_CLUSTER =
        List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/metrics", "/q");

    static String of(JsonNode type, JsonNode path) {
      return (type.asText().endsWith("Prefix") ? "prefix " : "exact ") + path.asText();
    }

    static List<String> mistakes(List<String> led) {
      List<String> mistakes = new ArrayList<>();
      Stream.concat(
              ofTheContract(),
              Stream.of(
                  "/",
                  "/index.html",
                  "/address.js",
                  "/q/openapi",
                  "/q/swagger-ui/",
                  "/.well-known/security.txt"))
          .filter(path -> !isLed(path, led))
          .forEach(path -> mistakes.add("does not lead to " + path));
      OF_THE_CLUSTER.stream()
          .filter(path -> isLed(path, led))
          .forEach(path -> mistakes.add("leads to " + path));
      return mistakes;
    }

    private static boolean isLed(String path, List<String> led) {
      return led.stream()
          .map(each -> each.split(" ", 2))
          .anyMatch(
              each ->
                  path.equals(each[1])
                      || each[0].equals("prefix")
                          && (path + "/")
                              .startsWith(each[1].endsWith("/") ? each[1] : each[1] + "/"));
    }

    private static Stream<String> ofTheContract() {
      JsonNode contract = Manifests.read(Path.of("openapi/openapi.yaml")).objects().get(0);
      return contract.path("paths").properties().stream().map(Map.Entry::getKey);
    }
  }
}
