package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of the label types, in memory. */
public final class LabelItems implements Labels {
  private final Map<String, JsonNode> byKey;

  /**
   * @param byKey documents, by {@link Fields#key}; not changed any more
   */
  LabelItems(Map<String, JsonNode> byKey) {
    this.byKey = byKey;
  }

  @Override
  public @Nullable JsonNode find(String type, String id) {
    return byKey.get(Fields.key(type, id));
  }

  /** One item: its id, and its document. */
  public record Item(String id, JsonNode document) {}

  /** All items of a type, by id. */
  public List<Item> all(String type) {
    String prefix = Fields.key(type, "");
    return byKey.entrySet().stream()
        .filter(each -> each.getKey().startsWith(prefix))
        .map(each -> new Item(each.getKey().substring(prefix.length()), each.getValue()))
        .sorted(Comparator.comparing(Item::id))
        .toList();
  }
}
