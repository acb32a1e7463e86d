package fr.digital113.directory.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import fr.digital113.directory.erasure.DocumentMembers.Kind;
import fr.digital113.directory.erasure.DocumentMembers.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes a person out of a JSON document, where {@link DocumentMembers} says that people write. */
final class Masking {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CONSENT = "personalContact";

  private final Members members;
  private final String id;
  private final Finder finder;
  private boolean changed;

  private Masking(Members members, String id, Finder finder) {
    this.members = members;
    this.id = id;
    this.finder = finder;
  }

  /**
   * A document without the person; null when the person is not in it.
   *
   * @param item its type and id, as {@code company:0190…}; the id may be empty
   */
  static @Nullable String of(String item, String document, Finder finder) {
    int colon = item.indexOf(':');
    Members members = DocumentMembers.of(item.substring(0, colon));
    if (!members.areWritten()) {
      return null;
    }
    Masking masking = new Masking(members, item.substring(colon + 1), finder);
    JsonNode masked = masking.in(parsed(document), "", Kind.CODE);
    return masking.changed ? String.valueOf(masked) : null;
  }

  /** Whether the person is in a text that the index keeps of an item: a document, or a slug. */
  static boolean finds(String type, String text, Finder finder) {
    if (text.startsWith("{")) {
      return of(type + ":", text, finder) != null;
    }
    return text.startsWith(type + ":")
        && DocumentMembers.of(type).kind("slug") == Kind.SLUG
        && finder.finds(text.substring(type.length() + 1));
  }

  private static JsonNode parsed(String document) {
    try {
      return MAPPER.readTree(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("jsonb that is not JSON", impossible);
    }
  }

  /**
   * What takes the place of a value; null when it goes.
   *
   * @param above of what kind it is unless its own path says something else
   */
  private @Nullable JsonNode in(JsonNode node, String path, Kind above) {
    Kind own = members.kind(path);
    Kind kind = own == null ? above : own;
    if (node instanceof ObjectNode object) {
      return inObject(object, path, kind);
    }
    if (node instanceof ArrayNode array) {
      return inArray(array, path, kind);
    }
    if (kind == Kind.CODE || !node.isTextual() || !finder.finds(node.textValue())) {
      return node;
    }
    changed = true;
    return switch (kind) {
      case CODE -> node;
      case TEXT -> new TextNode(finder.masked(node.textValue()));
      case VALUE -> JsonNodeFactory.instance.nullNode();
      case ELEMENT, PERSON -> null;
      case SLUG -> new TextNode(members.slug(id));
      case LICENCE -> new TextNode(DocumentMembers.LICENCE_URL);
      case ORIGIN -> new TextNode(DocumentMembers.NOWHERE);
    };
  }

  private @Nullable JsonNode inObject(ObjectNode object, String path, Kind kind) {
    Set<String> emptied = new HashSet<>();
    List<String> gone = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode before = member.getValue();
      String each = below(path, member.getKey());
      JsonNode value =
          in(before, members.kind(below(path, "*")) == null ? each : below(path, "*"), kind);
      if (value == null) {
        if (members.kind(each) == Kind.PERSON) {
          return null;
        }
        gone.add(member.getKey());
      } else {
        if (value.isNull() && !before.isNull()) {
          emptied.add(member.getKey());
        }
        member.setValue(value);
      }
    }
    object.remove(gone);
    if (object.get(CONSENT) instanceof ObjectNode consent) {
      consent.remove(emptied); // and with the value when it could be shown
      if (consent.isEmpty() && !emptied.isEmpty()) {
        object.remove(CONSENT); // as the view of the table leaves it out
      }
    }
    return object;
  }

  private JsonNode inArray(ArrayNode array, String path, Kind kind) {
    String each = below(path, "*");
    for (int i = array.size() - 1; i >= 0; i--) {
      JsonNode value = in(array.path(i), each, kind);
      if (value == null) {
        array.remove(i);
      } else {
        array.set(i, value);
      }
    }
    return array;
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }
}
