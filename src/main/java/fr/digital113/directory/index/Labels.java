package fr.digital113.directory.index;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The documents of other items, to take texts from. */
public interface Labels {

  /** The public document of another item; null when it is not public. */
  @Nullable JsonNode find(String type, String id);
}
