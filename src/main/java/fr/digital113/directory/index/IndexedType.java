package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.changes.FeedItem;

/**
 * How one type of the change log is indexed and shown. Each feature provides one, as a CDI bean.
 */
public interface IndexedType {

  /** The type in the change log, such as {@code company}. */
  String type();

  /** Whether other types embed texts of this one. Such types are small and held in memory. */
  default boolean isLabel() {
    return false;
  }

  /** Whether copies of the directory hold it. */
  default boolean isFollowed() {
    return true;
  }

  /**
   * An item as copies of the directory have it (delta sync, webhooks): codes, and texts in all
   * languages.
   */
  default ObjectNode followed(FeedItem item, JsonNode document, Labels labels) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("id", item.id());
    document.properties().forEach(member -> data.set(member.getKey(), member.getValue()));
    return data.put("updatedAt", item.updatedAt().toString()).put("revision", item.revision());
  }

  /**
   * Fills the entry of one item: its references, terms, sort keys and ready-made representations.
   */
  void index(FeedItem item, JsonNode document, Labels labels, IndexEntry entry);
}
