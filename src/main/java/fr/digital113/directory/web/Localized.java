package fr.digital113.directory.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Texts as documents hold them, {@code {"fr": ..., "en": ...}}, read in one language. */
public final class Localized {
  private Localized() {}

  /** The text in a language, or in the other one when it is missing; null when there is none. */
  public static @Nullable String text(JsonNode texts, Language language) {
    Language other = language == Language.FR ? Language.EN : Language.FR;
    JsonNode text = texts.path(language.tag());
    return (text.isTextual() ? text : texts.path(other.tag())).textValue();
  }

  /**
   * A copy of a document in which every object of texts is replaced by the text in one language.
   */
  public static JsonNode document(JsonNode document, Language language) {
    if (isTexts(document)) {
      return JsonNodeFactory.instance.textNode(text(document, language));
    }
    if (document instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(each -> copy.set(each.getKey(), document(each.getValue(), language)));
      return copy;
    }
    if (document instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(each -> copy.add(document(each, language)));
      return copy;
    }
    return document;
  }

  private static boolean isTexts(JsonNode node) {
    if (!node.isObject() || node.isEmpty()) {
      return false;
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      if (Language.ofTag(names.next()) == null) {
        return false;
      }
    }
    return true;
  }
}
