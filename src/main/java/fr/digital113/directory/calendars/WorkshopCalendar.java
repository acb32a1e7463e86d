package fr.digital113.directory.calendars;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.calendar.CalendarEntry;
import fr.digital113.directory.calendar.CalendarEntry.Details;
import fr.digital113.directory.calendar.Series;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.values.Uids;
import fr.digital113.directory.web.Text;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workshops: what everybody sees of them, for members too. */
final class WorkshopCalendar implements CalendarType {
  private static final Text TITLE = new Text("Table à secousses : %s", "Table à secousses: %s");

  @Override
  public String type() {
    return "workshop";
  }

  @Override
  public @Nullable CalendarEntry entry(FeedItem item, JsonNode document, View view) {
    if (!view.filter().takesAllGroups()
        || !view.filter().takesPlace(document.path("place"), view.labels())) {
      return null;
    }
    Place place = Place.of(document.path("place"), view.labels());
    List<Place> places = place == null ? List.of() : List.of(place);
    String subject = Entries.text(document.path("subject"), view.language());
    return new CalendarEntry(
        Uids.of(item.id()),
        document.path("sequence").intValue(),
        item.updatedAt(),
        Series.once(
            Instant.parse(document.path("start").asText()),
            Instant.parse(document.path("end").asText())),
        Entries.status(document.path("status").asText()),
        new Details(
            TITLE.in(view.language()).formatted(subject),
            null,
            Entries.location(places),
            Entries.point(places),
            null,
            null),
        List.of(),
        Entries.CLUSTER,
        Map.of());
  }
}
