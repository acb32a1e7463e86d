package fr.digital113.directory.calendars;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.calendar.CalendarEntry;
import fr.digital113.directory.calendar.CalendarEntry.Details;
import fr.digital113.directory.calendar.CalendarEntry.Organizer;
import fr.digital113.directory.calendar.Series;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.values.Uids;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.Localized;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of the cluster, each once, at all of its places. */
final class EventCalendar implements CalendarType {

  @Override
  public String type() {
    return "event";
  }

  @Override
  public @Nullable CalendarEntry entry(FeedItem item, JsonNode document, View view) {
    if (!view.filter().takesAllGroups() || !takesPlace(document, view)) {
      return null;
    }
    List<Place> places = new ArrayList<>();
    for (JsonNode each : document.path("places")) {
      Place place = Place.of(each, view.labels());
      if (place != null) {
        places.add(place);
      }
    }
    return new CalendarEntry(
        Uids.of(item.id()),
        document.path("sequence").intValue(),
        item.updatedAt(),
        Series.once(
            Instant.parse(document.path("start").asText()),
            Instant.parse(document.path("end").asText())),
        Entries.status(document.path("status").asText()),
        new Details(
            Entries.text(document.path("title"), view.language()),
            Localized.text(document.path("description"), view.language()),
            Entries.location(places),
            Entries.point(places),
            Entries.link(Json.text(document, "link")),
            null),
        List.of(),
        organizer(item, document.path("organiser")),
        Map.of());
  }

  private static boolean takesPlace(JsonNode document, View view) {
    if (view.filter().territories().isEmpty()) {
      return true;
    }
    for (JsonNode each : document.path("places")) {
      if (view.filter().takesPlace(each, view.labels())) {
        return true;
      }
    }
    return false;
  }

  private static Organizer organizer(FeedItem item, JsonNode organiser) {
    String name = Json.text(organiser, "name");
    URI address = Entries.link(Json.text(organiser, "url"));
    if (name == null) {
      return Entries.CLUSTER;
    }
    return address == null ? Entries.organizer(name, item.id()) : new Organizer(name, address);
  }
}
