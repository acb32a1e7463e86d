package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Texts;
import fr.digital113.directory.web.JsonBody;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where something takes place, as editors write it: {@code {"name", "commune", "location": {"lat",
 * "lon"}}}, the commune by its Insee code. What is kept is what documents have: {@code {"name",
 * "commune", "latitude", "longitude"}}.
 */
final class Places {
  static final Set<String> MEMBERS = Set.of("name", "commune", "location");

  private static final int LONGEST_NAME = 300;

  private Places() {}

  /** A member that is a place, kept in the columns place, commune, latitude and longitude. */
  static Field field(String name, Field.Who who) {
    return Field.column(name, who, "", Places::read).with(MEMBERS).kept(Places::keep);
  }

  /** The place in the form of {@link #edit}; null when it is wrong, which the body notes. */
  static @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    JsonBody place = body.object(name);
    if (place == null) {
      return null;
    }
    ObjectNode read = JsonBody.emptyObject();
    String called = Parser.parsed(place, "name", place.text("name"), Texts.line(LONGEST_NAME));
    if (called != null) {
      read.put("name", called);
    }
    String commune =
        Parser.parsed(place, "commune", place.text("commune"), text -> codes.known().commune(text));
    if (commune != null) {
      read.put("commune", commune);
    }
    JsonNode location = Readings.location().read(place, "location", codes);
    if (location != null) {
      read.set("location", location);
    }
    return read.isEmpty() ? JsonNodeFactory.instance.nullNode() : read;
  }

  private static void keep(JsonNode place, Row row) {
    row.set("place", place.get("name"));
    row.set("commune", place.get("commune"));
    row.set("latitude", place.path("location").get("lat"));
    row.set("longitude", place.path("location").get("lon"));
  }

  /** The place of a document, as editors read and write it. */
  static JsonNode edit(JsonNode place) {
    if (!place.isObject()) {
      return JsonNodeFactory.instance.nullNode();
    }
    ObjectNode edit = JsonBody.emptyObject();
    for (String name : new String[] {"name", "commune"}) {
      if (place.hasNonNull(name)) {
        edit.set(name, place.get(name));
      }
    }
    if (place.hasNonNull("latitude")) {
      edit.putObject("location").set("lat", place.get("latitude"));
      ((ObjectNode) edit.path("location")).set("lon", place.get("longitude"));
    }
    return edit;
  }
}
