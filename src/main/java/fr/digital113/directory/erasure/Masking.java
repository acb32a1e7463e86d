package fr.digital113.directory.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes a person out of a JSON document. */
final class Masking {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NAME = "name";
  private static final String CONSENT = "personalContact";

  /** Half a link or address is none: such a value goes as a whole. */
  private static final Pattern WHOLE =
      Pattern.compile("https?://.*|\\S+@\\S+|\\+?[0-9 .()/-]+", Pattern.DOTALL);

  private final Finder finder;
  private boolean changed;

  private Masking(Finder finder) {
    this.finder = finder;
  }

  /** A document without the person; null when the person is not in it. */
  static @Nullable String of(String document, Finder finder) {
    Masking masking = new Masking(finder);
    JsonNode node = parsed(document);
    JsonNode masked = masking.in(node);
    return masking.changed ? String.valueOf(masked) : null;
  }

  /** Whether the person is in a document, or in a text that is none. */
  static boolean finds(String text, Finder finder) {
    return text.startsWith("{") ? of(text, finder) != null : finder.finds(text);
  }

  private static JsonNode parsed(String document) {
    try {
      return MAPPER.readTree(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("jsonb that is not JSON", impossible);
    }
  }

  /** What takes the place of a value; null when nothing does. */
  private @Nullable JsonNode in(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return inObject(object);
    }
    if (node instanceof ArrayNode array) {
      return inArray(array);
    }
    if (!node.isTextual()) {
      return node;
    }
    String text = node.textValue();
    String masked = finder.masked(text);
    if (masked.equals(text)) {
      return node;
    }
    changed = true;
    return WHOLE.matcher(text).matches() ? null : new TextNode(masked);
  }

  private JsonNode inObject(ObjectNode object) {
    List<String> gone = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = in(member.getValue());
      if (value == null) {
        gone.add(member.getKey());
      } else {
        member.setValue(value);
      }
    }
    object.remove(gone);
    if (object.get(CONSENT) instanceof ObjectNode consent) {
      consent.remove(gone); // and with the value when it could be shown
    }
    return object;
  }

  private JsonNode inArray(ArrayNode array) {
    for (int i = array.size() - 1; i >= 0; i--) {
      JsonNode element = array.path(i);
      JsonNode value = isThePerson(element) ? null : in(element);
      if (value == null) {
        changed = true;
        array.remove(i);
      } else {
        array.set(i, value);
      }
    }
    return array;
  }

  /** Whether one of a list of people is the one: the entry goes with all that it says. */
  private boolean isThePerson(JsonNode element) {
    JsonNode name = element.path(NAME);
    if (!name.isTextual()) {
      return false;
    }
    String masked = finder.masked(name.textValue());
    return !masked.equals(name.textValue()) && Finder.isNothing(masked);
  }
}
