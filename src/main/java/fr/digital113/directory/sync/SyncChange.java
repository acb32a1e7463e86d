package fr.digital113.directory.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.Place;
import org.jspecify.annotations.Nullable;

/**
 * One step of a copy: put this item there, or take it away.
 *
 * @param revision that the item changed at
 * @param data the whole item; null when it is to be removed
 * @param removed null when the item is to be put there
 */
@JsonInclude(Include.NON_NULL)
record SyncChange(
    String type, String id, long revision, @Nullable JsonNode data, @Nullable Removed removed) {

  /** Why it is to be removed: deleted, unpublished or left_filter. */
  record Removed(String reason) {}

  /** Behind this change. */
  Place place() {
    return new Place(revision, type, id);
  }

  static SyncChange removed(String type, String id, long revision, String reason) {
    return new SyncChange(type, id, revision, null, new Removed(reason));
  }
}
