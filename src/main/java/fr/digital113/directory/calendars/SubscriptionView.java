package fr.digital113.directory.calendars;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The address of somebody's own calendar.
 *
 * @param company whose members' rights it has; null for the team's
 * @param lastUsedOn the last day on which a program asked for it
 * @param url the address itself, in the answer that made it alone
 */
record SubscriptionView(
    UUID id,
    @Nullable UUID company,
    String label,
    OffsetDateTime createdAt,
    @Nullable LocalDate lastUsedOn,
    @JsonInclude(Include.NON_NULL) @Nullable String url) {

  SubscriptionView with(Token token) {
    return new SubscriptionView(id, company, label, createdAt, lastUsedOn, token.path());
  }
}
