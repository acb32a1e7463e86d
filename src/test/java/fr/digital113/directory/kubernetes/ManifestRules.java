package fr.digital113.directory.kubernetes;

import static fr.digital113.directory.kubernetes.Manifests.name;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What must hold of the objects of one deployment beyond their kinds: each mistake is a line. */
final class ManifestRules {
  private final Manifests all;
  private final Set<String> secrets;
  private final String version;
  private final List<String> mistakes = new ArrayList<>();

  private ManifestRules(Manifests all, Set<String> secrets, String version) {
    this.all = all;
    this.secrets = secrets;
    this.version = version;
  }

  /**
   * Looks at all of them.
   *
   * @param secrets that are documented, as {@code name/key}
   * @param version of the program
   */
  static List<String> mistakes(Manifests all, Set<String> secrets, String version) {
    ManifestRules rules = new ManifestRules(all, secrets, version);
    all.templates().forEach(rules::checkPod);
    all.containers().forEach(rules::checkContainer);
    all.ofKind("Deployment").forEach(rules::checkServer);
    all.ofKind("Secret").forEach(each -> rules.no("a Secret with values: " + name(each)));
    all.objects().forEach(rules::checkSecrets);
    rules.checkNumberOfProcesses();
    rules.mistakes.addAll(ManifestReferences.mistakes(all));
    return rules.mistakes;
  }

  private void checkPod(JsonNode template) {
    String who = labels(template);
    JsonNode pod = template.path("spec");
    JsonNode security = pod.path("securityContext");
    require(security.path("runAsNonRoot").asBoolean(), who, "may run as root");
    require(security.path("runAsUser").asInt() > 0, who, "has no numeric user");
    require(
        security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
        who,
        "has no seccomp profile");
    require(
        pod.path("automountServiceAccountToken").isBoolean()
            && !pod.path("automountServiceAccountToken").asBoolean(),
        who,
        "gets a token of the cluster");
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      require(!pod.path(host).asBoolean(), who, "has " + host);
    }
    for (JsonNode volume : pod.path("volumes")) {
      boolean bounded =
          volume.path("emptyDir").has("sizeLimit")
              || volume.has("persistentVolumeClaim")
              || volume.has("secret"); // a mebibyte at most, and read only
      require(
          bounded,
          who,
          "has a volume without a bound, or not of its own: " + volume.path("name").asText());
    }
  }

  private void checkContainer(JsonNode container) {
    String who = container.path("name").asText();
    JsonNode security = container.path("securityContext");
    require(security.path("readOnlyRootFilesystem").asBoolean(), who, "may write its image");
    require(
        security.has("allowPrivilegeEscalation")
            && !security.path("allowPrivilegeEscalation").asBoolean(),
        who,
        "may gain privileges");
    require(
        security.at("/capabilities/drop").toString().equals("[\"ALL\"]")
            && !security.path("capabilities").has("add"),
        who,
        "has capabilities");
    for (String kind : List.of("requests", "limits")) {
      for (String resource : List.of("cpu", "memory")) {
        require(
            container.path("resources").path(kind).has(resource),
            who,
            "has no " + kind + " of " + resource);
      }
    }
    require(
        container.path("image").asText().matches(".+/directory:" + Pattern.quote(version)),
        who,
        "has the image " + container.path("image").asText() + " and not version " + version);
  }

  private void checkServer(JsonNode deployment) {
    for (JsonNode container : deployment.at("/spec/template/spec/containers")) {
      for (List<String> probe :
          List.of(
              List.of("startupProbe", "/q/health/started"),
              List.of("readinessProbe", "/q/health/ready"),
              List.of("livenessProbe", "/q/health/live"))) {
        require(
            container.path(probe.get(0)).at("/httpGet/path").asText().equals(probe.get(1)),
            name(deployment),
            "has no " + probe.get(0) + " of " + probe.get(1));
      }
    }
    Duration grace =
        Duration.ofSeconds(
            deployment.at("/spec/template/spec/terminationGracePeriodSeconds").asLong(30));
    Duration ending = time("QUARKUS_SHUTDOWN_DELAY").plus(time("QUARKUS_SHUTDOWN_TIMEOUT"));
    require(
        grace.compareTo(ending) > 0,
        name(deployment),
        "is killed after %s, before it has ended in %s".formatted(grace, ending));
  }

  private void checkSecrets(JsonNode object) {
    object
        .findValues("secretKeyRef")
        .forEach(each -> checkSecret(each.path("name").asText(), each.path("key").asText()));
    for (String credential : List.of("accessKeyId", "secretAccessKey")) {
      object
          .findValues(credential)
          .forEach(each -> checkSecret(each.path("name").asText(), each.path("key").asText()));
    }
    object.findValues("certificateRefs").stream()
        .flatMap(Manifests::stream)
        .forEach(each -> checkSecret(each.path("name").asText(), "tls.crt"));
    object
        .at("/spec/tls")
        .forEach(each -> checkSecret(each.path("secretName").asText(), "tls.crt"));
  }

  private void checkSecret(String name, String key) {
    require(
        secrets.contains(name + "/" + key),
        "Secret " + name,
        "is not documented with the key " + key);
  }

  /** Each process allows its part of a limit, so that the fewest processes decide. */
  private void checkNumberOfProcesses() {
    String fewest =
        all.ofKind("HorizontalPodAutoscaler")
            .map(each -> each.at("/spec/minReplicas").asText())
            .findFirst()
            .orElseGet(
                () ->
                    all.ofKind("Deployment")
                        .map(each -> each.at("/spec/replicas").asText("1"))
                        .collect(Collectors.joining()));
    require(
        setting("DIRECTORY_LIMITS_PROCESSES").equals(fewest),
        "DIRECTORY_LIMITS_PROCESSES",
        "is %s, and %s run".formatted(setting("DIRECTORY_LIMITS_PROCESSES"), fewest));
  }

  private Duration time(String setting) {
    return Duration.parse("PT" + setting(setting));
  }

  private String setting(String name) {
    return all.ofKind("ConfigMap")
        .map(each -> each.path("data").path(name).asText(""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("0S");
  }

  private static String labels(JsonNode template) {
    return "the pod of " + template.at("/metadata/labels").path("app.kubernetes.io/name").asText();
  }

  private void require(boolean holds, String who, String mistake) {
    if (!holds) {
      no(who + " " + mistake);
    }
  }

  private void no(String mistake) {
    mistakes.add(mistake);
  }
}
