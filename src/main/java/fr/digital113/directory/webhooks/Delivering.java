package fr.digital113.directory.webhooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.digital113.directory.values.BadValueException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tells an event once: looks at the address, signs, posts. */
@Singleton
class Delivering {
  private final Receivers receivers;
  private final Sender sender;
  private final ObjectMapper mapper;
  private final WebhookMetrics metrics;

  Delivering(Receivers receivers, Sender sender, ObjectMapper mapper, WebhookMetrics metrics) {
    this.receivers = receivers;
    this.sender = sender;
    this.mapper = mapper;
    this.metrics = metrics;
  }

  /**
   * Tells.
   *
   * @param secrets each of which signs
   */
  Outcome tell(String url, List<byte[]> secrets, Event event) {
    Outcome outcome = attempt(url, secrets, event);
    metrics.attempted(outcome);
    return outcome;
  }

  private Outcome attempt(String url, List<byte[]> secrets, Event event) {
    Instant now = Instant.now(); // receivers compare it with their clock
    String body = json(event.envelope());
    Map<String, String> headers =
        Map.of(
            "content-type", Event.CONTENT_TYPE,
            "webhook-id", event.id(),
            "webhook-timestamp", Long.toString(now.getEpochSecond()),
            "webhook-signature", Secrets.signatures(secrets, event.id(), now, body));
    try {
      return sender.post(receivers.of(url), headers, body);
    } catch (BadValueException refused) {
      return Outcome.failed(refused.code(), Duration.between(now, Instant.now()));
    }
  }

  private String json(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
