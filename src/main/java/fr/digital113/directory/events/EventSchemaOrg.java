package fr.digital113.directory.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * An event as a schema.org Event. Each of its places is a {@code location}; one that is known by
 * its commune alone is that commune, and only then has the coordinates of its centre.
 */
final class EventSchemaOrg {
  private static final String TYPE = "@type";
  private static final String NAME = "name";

  /** A tentative event has none: the vocabulary has no word for it. */
  private static final Map<String, String> STATUS =
      Map.of(
          "confirmed", "https://schema.org/EventScheduled",
          "cancelled", "https://schema.org/EventCancelled");

  private EventSchemaOrg() {}

  static ObjectNode of(JsonNode event) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put(TYPE, "Event");
    // Names the event wherever the document is put, as a relative address would not.
    view.put("@id", "urn:uuid:" + event.path("id").asText());
    copy(event, "title", view, NAME);
    copy(event, "description", view, "description");
    copy(event, "start", view, "startDate");
    copy(event, "end", view, "endDate");
    String status = STATUS.get(event.path("status").asText());
    if (status != null) {
      view.put("eventStatus", status);
    }
    if (!event.path("places").isEmpty()) {
      view.put("eventAttendanceMode", "https://schema.org/OfflineEventAttendanceMode");
      event.path("places").forEach(place -> view.withArray("location").add(place(place)));
    }
    JsonNode organiser = event.path("organiser");
    if (organiser.isObject()) {
      ObjectNode organizer = view.putObject("organizer").put(TYPE, "Organization");
      copy(organiser, NAME, organizer, NAME);
      copy(organiser, "url", organizer, "url");
    }
    if (event.path("link").isTextual()) {
      copy(event, "link", view, "url");
      copy(event, "link", view.putObject("offers").put(TYPE, "Offer"), "url");
    }
    return view;
  }

  private static ObjectNode place(JsonNode place) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    JsonNode commune = place.at("/commune/name");
    boolean named = place.path(NAME).isTextual();
    view.put(TYPE, "Place");
    view.set(NAME, named ? place.path(NAME) : commune);
    if (commune.isTextual()) {
      ObjectNode address = view.putObject("address").put(TYPE, "PostalAddress");
      address.set("addressLocality", commune);
      address.put("addressCountry", "FR");
    }
    JsonNode location = place.path("location");
    if (location.isObject() && (!named || location.path("precision").asText().equals("address"))) {
      ObjectNode geo = view.putObject("geo").put(TYPE, "GeoCoordinates");
      geo.set("latitude", location.path("lat"));
      geo.set("longitude", location.path("lon"));
    }
    return view;
  }

  private static void copy(JsonNode from, String member, ObjectNode to, String property) {
    if (from.path(member).isTextual()) {
      to.set(property, from.path(member));
    }
  }
}
