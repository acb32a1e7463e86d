package fr.digital113.directory.events;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.index.Labels;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.values.Uids;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event.
 *
 * @param uid names it in calendars
 * @param title in the other language when it has none in the one asked for
 * @param start RFC 3339, with the offset of {@code timeZone}; so is {@code end}
 * @param places where it is held at the same time
 * @param link where to register, or to learn more
 * @param status tentative, confirmed or cancelled
 */
record EventView(
    String id,
    String uid,
    String slug,
    @Nullable String title,
    @Nullable String description,
    String start,
    String end,
    String timeZone,
    List<Place> places,
    @Nullable Organiser organiser,
    @Nullable String link,
    String status,
    String publication,
    Instant updatedAt,
    long revision) {

  /** Who organises it, as people call them. */
  record Organiser(String name, @Nullable String url) {}

  static EventView of(FeedItem item, JsonNode document, Labels labels, Language language) {
    return new EventView(
        item.id(),
        Uids.of(item.id()),
        document.path("slug").asText(),
        Localized.text(document.path("title"), language),
        Localized.text(document.path("description"), language),
        Moments.text(document.path("start").asText()),
        Moments.text(document.path("end").asText()),
        Moments.ZONE.getId(),
        places(document, labels),
        organiser(document.path("organiser")),
        Json.text(document, "link"),
        document.path("status").asText(),
        document.path("publication").asText(),
        item.updatedAt(),
        item.revision());
  }

  static List<Place> places(JsonNode document, Labels labels) {
    List<Place> places = new ArrayList<>();
    for (JsonNode each : document.path("places")) {
      Place place = Place.of(each, labels);
      if (place != null) {
        places.add(place);
      }
    }
    return places;
  }

  private static @Nullable Organiser organiser(JsonNode organiser) {
    return organiser.isObject()
        ? new Organiser(organiser.path("name").asText(), Json.text(organiser, "url"))
        : null;
  }
}
