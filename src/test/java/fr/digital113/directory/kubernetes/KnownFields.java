package fr.digital113.directory.kubernetes;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether every field of an object is one of its kind. */
final class KnownFields {
  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          entry("v1/ConfigMap", ConfigMap.class),
          entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
          entry("v1/Service", Service.class),
          entry("v1/ServiceAccount", ServiceAccount.class),
          entry("apps/v1/Deployment", Deployment.class),
          entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          entry("batch/v1/CronJob", CronJob.class),
          entry("batch/v1/Job", Job.class),
          entry("gateway.networking.k8s.io/v1/Gateway", Gateway.class),
          entry("gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class),
          entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
          entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
          entry("networking.k8s.io/v1/Ingress", Ingress.class),
          entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class));

  /** No Java models of these: .ci/kubernetes checks them. */
  private static final Set<String> CHECKED_ELSEWHERE =
      Set.of(
          "barmancloud.cnpg.io/v1/ObjectStore",
          "postgresql.cnpg.io/v1/Cluster",
          "postgresql.cnpg.io/v1/Pooler",
          "postgresql.cnpg.io/v1/ScheduledBackup");

  private static final JsonMapper STRICT =
      JsonMapper.builder().annotationIntrospector(new WithoutAnySetters()).build();

  private KnownFields() {}

  /** What is wrong with an object, or with a patch, which has some of its fields only. */
  static Optional<String> problem(JsonNode object) {
    String kind = object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    if (CHECKED_ELSEWHERE.contains(kind)) {
      return Optional.empty();
    }
    Class<?> type = KINDS.get(kind);
    if (type == null) {
      return Optional.of("unknown kind " + kind);
    }
    try {
      STRICT.treeToValue(withoutDirectives(object), type);
      return Optional.empty();
    } catch (JsonProcessingException wrong) {
      return Optional.of(
          kind
              + " "
              + Manifests.name(object)
              + ": "
              + wrong.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  private static JsonNode withoutDirectives(JsonNode object) {
    JsonNode copy = object.deepCopy();
    copy.findParents("$patch").forEach(each -> ((ObjectNode) each).remove("$patch"));
    return copy;
  }

  /** The models keep what they do not know; here it must fail. */
  private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
