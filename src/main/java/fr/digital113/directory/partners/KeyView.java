package fr.digital113.directory.partners;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as JSON.
 *
 * @param prefix how the key begins
 * @param key all of it, in the answer that made it; null, and not in the answer, in any other
 */
record KeyView(
    UUID id,
    String label,
    String prefix,
    List<String> roles,
    List<String> origins,
    String status,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime expiresAt,
    @Nullable OffsetDateTime revokedAt,
    @Nullable LocalDate lastUsedOn,
    @JsonInclude(Include.NON_NULL) @Nullable String key) {

  KeyView with(String secret) {
    return new KeyView(
        id,
        label,
        prefix,
        roles,
        origins,
        status,
        createdAt,
        expiresAt,
        revokedAt,
        lastUsedOn,
        secret);
  }
}
