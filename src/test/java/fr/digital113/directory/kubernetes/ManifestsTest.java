package fr.digital113.directory.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** k8s/ as it is written; .ci/kubernetes looks at what kustomize makes of it. */
class ManifestsTest {
  private static final Path BASE = Path.of("k8s/base");

  static List<Path> kustomizations() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
      return files
          .filter(file -> file.getFileName().toString().equals("kustomization.yaml"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreABaseAndOverlays() throws IOException {
    assertThat(kustomizations())
        .contains(
            BASE,
            Path.of("k8s/overlays/cloudnative-pg"),
            Path.of("k8s/overlays/ingress"),
            Path.of("k8s/overlays/small"));
  }

  @Test
  void theBaseHoldsAllRules() {
    assertThat(mistakes(Manifests.ofKustomization(BASE))).isEmpty();
  }

  @Test
  void theOperatorIsGivenTheSameAlertsAsAFile() {
    Path folder = Path.of("k8s/observability");
    assertThat(Manifests.read(folder.resolve("rule.yaml")).objects().get(0).path("spec"))
        .isEqualTo(Manifests.read(folder.resolve("alerts.yaml")).objects().get(0));
  }

  @ParameterizedTest
  @MethodSource("kustomizations")
  void everyFieldIsKnownAndEveryFileIsUsed(Path folder) throws IOException {
    JsonNode kustomization = Manifests.read(folder.resolve("kustomization.yaml")).objects().get(0);
    Set<String> used = new TreeSet<>(Set.of("kustomization.yaml"));
    Set<String> ofPromtool = Set.of("alerts.yaml", "alerts-test.yaml");
    List<JsonNode> objects = new ArrayList<>();
    Manifests.stream(kustomization.path("resources"))
        .map(JsonNode::asText)
        .filter(resource -> resource.endsWith(".yaml"))
        .forEach(used::add);
    for (JsonNode patch : kustomization.path("patches")) {
      if (patch.has("path")) {
        used.add(patch.path("path").asText());
      } else {
        objects.addAll(Manifests.parse(folder, patch.path("patch").asText()).objects());
      }
    }
    for (String file : used) {
      if (!file.equals("kustomization.yaml")) {
        objects.addAll(Manifests.read(folder.resolve(file)).objects());
      }
    }
    Set<String> there = yamlFilesOf(folder);
    there.removeAll(ofPromtool);
    assertThat(there).isEqualTo(used);
    assertThat(objects.stream().map(KnownFields::problem).flatMap(Optional::stream)).isEmpty();
  }

  private static Set<String> yamlFilesOf(Path folder) throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".yaml"))
          .forEach(files::add);
    }
    return files;
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Deployment | /spec/template/spec/securityContext | runAsNonRoot | false | the pod of directory may run as root
          Deployment | /spec/template/spec/containers/0/securityContext | readOnlyRootFilesystem | false | directory may write its image
          Deployment | /spec/template/spec/containers/0/securityContext/capabilities | add | SYS_TIME | directory has capabilities
          Deployment | /spec/template/spec/containers/0/resources/limits | memory | | directory has no limits of memory
          Deployment | /spec/template/spec/containers/0 | image | registry.example.org/directory:latest | directory has the image registry.example.org/directory:latest and not version {version}
          Deployment | /spec/template/spec/containers/0/livenessProbe/httpGet | path | /q/health/ready | directory has no livenessProbe of /q/health/live
          Deployment | /spec/template/spec/containers/0/env/0/valueFrom/secretKeyRef | key | uri | Secret directory-database is not documented with the key uri
          Deployment | /spec/template/spec | terminationGracePeriodSeconds | 40 | directory is killed after PT40S, before it has ended in PT40S
          Deployment | /spec/template/spec/volumes/0/emptyDir | sizeLimit | | the pod of directory has a volume without a bound, or not of its own: data
          Deployment | /spec/selector/matchLabels | app.kubernetes.io/name | another | Deployment directory does not select its own pods
          CronJob | /spec/jobTemplate/spec/template/spec | automountServiceAccountToken | true | the pod of directory-maintain gets a token of the cluster
          Job | /spec/template/spec | serviceAccountName | another | a pod has no ServiceAccount another
          Service | /spec/selector | app.kubernetes.io/name | another | Service directory selects no pod: {"app.kubernetes.io/name":"another"}
          HorizontalPodAutoscaler | /spec | minReplicas | 3 | DIRECTORY_LIMITS_PROCESSES is 2, and 3 run
          HorizontalPodAutoscaler | /spec/scaleTargetRef | name | another | HorizontalPodAutoscaler directory scales nothing
          ServiceMonitor | /spec/endpoints/0 | port | http2 | ServiceMonitor directory finds no port http2
          HTTPRoute | /spec/rules/0/matches/0/path | value | /v2 | HTTPRoute directory does not lead to /v1
          HTTPRoute | /spec/rules/0/matches/3/path | value | /q | HTTPRoute directory leads to /q/health
          """)
  void seesAMistake(String kind, String place, String field, String value, String mistake) {
    Manifests all = Manifests.ofKustomization(BASE);
    ObjectNode changed = (ObjectNode) all.ofKind(kind).findFirst().orElseThrow().at(place);
    if (value == null) {
      changed.remove(field);
    } else if (value.matches("true|false")) {
      changed.put(field, Boolean.parseBoolean(value));
    } else if (value.matches("\\d+")) {
      changed.put(field, Integer.parseInt(value));
    } else {
      changed.put(field, value);
    }
    assertThat(mistakes(all)).contains(mistake.replace("{version}", DocumentedSecrets.version()));
  }

  @Test
  void seesAFieldThatThereIsNot() {
    JsonNode probe =
        Manifests.parse(
                "test",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: directory}
                spec:
                  template:
                    spec:
                      containers:
                        - name: directory
                          readinesProbe: {}
                """)
            .objects()
            .get(0);
    assertThat(KnownFields.problem(probe).orElseThrow())
        .startsWith("apps/v1/Deployment directory: Unrecognized field \"readinesProbe\"");
  }

  private static List<String> mistakes(Manifests all) {
    return ManifestRules.mistakes(all, DocumentedSecrets.read(), DocumentedSecrets.version());
  }
}
