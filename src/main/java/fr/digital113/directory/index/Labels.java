package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The documents of other items, to take texts from. */
public interface Labels {

  /** The document of another item, on the same side of the log; null when it has none there. */
  @Nullable JsonNode find(String type, String id);
}
