package fr.digital113.directory.changes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one aggregate, as one side of the change log holds it.
 *
 * @param type company, territory, sector, factory, cluster
 * @param id stable within its type
 * @param revision when this side of it last moved
 * @param updatedAt when that revision was committed
 * @param document codes, and texts in all languages; null when the item left this side
 */
public record FeedItem(
    String type, String id, long revision, Instant updatedAt, @Nullable JsonNode document) {}
