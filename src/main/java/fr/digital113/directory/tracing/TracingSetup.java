package fr.digital113.directory.tracing;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which requests are traced: a share of all, whoever asks. A caller may leave out its own, and not
 * add to them: it would decide what is stored here.
 */
class TracingSetup {

  @Produces
  @Singleton
  Sampler sampler(@ConfigProperty(name = "quarkus.otel.traces.sampler.arg") double share) {
    Sampler requests = new RequestsOnly(Sampler.traceIdRatioBased(share));
    return Sampler.parentBasedBuilder(requests).setRemoteParentSampled(requests).build();
  }
}
