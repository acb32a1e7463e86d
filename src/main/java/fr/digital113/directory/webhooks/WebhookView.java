package fr.digital113.directory.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as JSON.
 *
 * @param types of which it is told
 * @param filter which companies, as a query string
 * @param state enabled or disabled
 * @param reason why it is disabled
 * @param backlog changes that were not looked at yet, at most 1,000
 * @param formerSecretUntil how long the secret before signs as well
 * @param secret in the answer that made it; null, and not in the answer, in any other
 */
record WebhookView(
    UUID id,
    UUID partner,
    String url,
    List<String> types,
    @Nullable String filter,
    @Nullable String description,
    String state,
    @Nullable String reason,
    @Nullable OffsetDateTime failingSince,
    @Nullable OffsetDateTime lastDeliveredAt,
    long backlog,
    @Nullable OffsetDateTime formerSecretUntil,
    OffsetDateTime createdAt,
    @JsonInclude(Include.NON_NULL) @Nullable String secret) {

  boolean isEnabled() {
    return reason == null;
  }

  WebhookView with(byte[] made) {
    return new WebhookView(
        id,
        partner,
        url,
        types,
        filter,
        description,
        state,
        reason,
        failingSince,
        lastDeliveredAt,
        backlog,
        formerSecretUntil,
        createdAt,
        Secrets.text(made));
  }
}
