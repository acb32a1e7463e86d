package fr.digital113.directory.partners;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A partner as JSON.
 *
 * @param keys how many of its keys open something
 */
record PartnerView(
    UUID id,
    String name,
    String plan,
    @Nullable String contact,
    long keys,
    OffsetDateTime createdAt) {}
