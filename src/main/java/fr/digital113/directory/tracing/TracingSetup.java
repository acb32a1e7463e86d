package fr.digital113.directory.tracing;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which requests are traced: those whose caller traces them, and a share of all others. */
class TracingSetup {

  @Produces
  @Singleton
  Sampler sampler(@ConfigProperty(name = "quarkus.otel.traces.sampler.arg") double share) {
    return Sampler.parentBased(new RequestsOnly(Sampler.traceIdRatioBased(share)));
  }
}
