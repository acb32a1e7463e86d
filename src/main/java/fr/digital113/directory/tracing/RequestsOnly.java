package fr.digital113.directory.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Traces begin with a request. What the program does by itself, such as following the log twice a
 * second, would bury them.
 */
final class RequestsOnly implements Sampler {
  private final Sampler ofRequests;

  RequestsOnly(Sampler ofRequests) {
    this.ofRequests = ofRequests;
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    return kind == SpanKind.SERVER
        ? ofRequests.shouldSample(parent, traceId, name, kind, attributes, links)
        : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "RequestsOnly{" + ofRequests.getDescription() + "}";
  }
}
