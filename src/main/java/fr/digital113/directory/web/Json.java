package fr.digital113.directory.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads values of the log's documents. */
public final class Json {
  private Json() {}

  /** The text of a field; null when it is absent or null. */
  public static @Nullable String text(JsonNode document, String field) {
    return document.path(field).textValue();
  }

  /** The texts of an array. */
  public static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
