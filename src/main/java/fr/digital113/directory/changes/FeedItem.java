package fr.digital113.directory.changes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The public state of one aggregate, as the change log holds it.
 *
 * @param type company, territory, sector, factory, cluster
 * @param id stable within its type
 * @param revision when the public representation last moved
 * @param updatedAt when that revision was committed
 * @param document codes, and texts in all languages; null when the item left the public
 */
public record FeedItem(
    String type, String id, long revision, Instant updatedAt, @Nullable JsonNode document) {}
