package fr.digital113.directory.tracing;

import fr.digital113.directory.web.SecretPaths;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Takes out of a span what could name somebody or open something: what was searched for, the
 * address and program of who asks, paths that are secrets. SQL has no values in spans as it is.
 */
@Singleton
class HiddenAttributes implements SpanProcessor {
  private static final String HIDDEN = "hidden";
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final List<AttributeKey<String>> PERSONAL =
      List.of(
          AttributeKey.stringKey("url.query"),
          AttributeKey.stringKey("client.address"),
          AttributeKey.stringKey("user_agent.original"));

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    for (AttributeKey<String> each : PERSONAL) {
      if (span.getAttribute(each) != null) {
        span.setAttribute(each, HIDDEN);
      }
    }
    String path = span.getAttribute(PATH);
    if (path != null) {
      span.setAttribute(PATH, SecretPaths.hidden(path));
    }
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }
}
