package fr.digital113.directory.sync;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.changes.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a copy: put this item there, or take it away.
 *
 * @param revision that the item changed at
 * @param at when that was; no part of the JSON
 * @param data the whole item; null when it is to be removed
 * @param removed null when the item is to be put there
 */
@JsonInclude(Include.NON_NULL)
public record SyncChange(
    String type,
    String id,
    long revision,
    @JsonIgnore Instant at,
    @Nullable JsonNode data,
    @Nullable Removed removed) {

  /** Why it is to be removed: deleted, unpublished or left_filter. */
  public record Removed(String reason) {}

  /** Behind this change. */
  public Place place() {
    return new Place(revision, type, id);
  }

  static SyncChange removed(FeedItem item, String reason) {
    return new SyncChange(
        item.type(), item.id(), item.revision(), item.updatedAt(), null, new Removed(reason));
  }
}
