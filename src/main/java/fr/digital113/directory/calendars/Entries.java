package fr.digital113.directory.calendars;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.calendar.CalendarEntry.Organizer;
import fr.digital113.directory.calendar.CalendarEntry.Point;
import fr.digital113.directory.calendar.CalendarEntry.Status;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What entries of all types have in common. */
final class Entries {
  private static final String EXACT = "address";

  /** Who calls for what has no other organiser. */
  static final Organizer CLUSTER =
      organizer(
          Credits.CLUSTER,
          UUID.nameUUIDFromBytes(Credits.CLUSTER.getBytes(StandardCharsets.UTF_8)).toString());

  private Entries() {}

  /** A text of a document, as titles are there in one language at least. */
  static String text(JsonNode texts, Language language) {
    String text = Localized.text(texts, language);
    return text == null ? "" : text;
  }

  static Status status(String code) {
    return switch (code) {
      case "cancelled" -> Status.CANCELLED;
      case "tentative" -> Status.TENTATIVE;
      default -> Status.CONFIRMED;
    };
  }

  /** Somebody by an id, as not everybody has a site, and no person's address is told. */
  static Organizer organizer(String name, String id) {
    return new Organizer(name, URI.create("urn:uuid:" + id));
  }

  /** In one line for people; null for nowhere. */
  static @Nullable String location(List<Place> places) {
    String line =
        places.stream()
            .map(Place::line)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining("; "));
    return line.isEmpty() ? null : line;
  }

  /** Where to go: of one place that is known better than by its commune. */
  static @Nullable Point point(List<Place> places) {
    Place.Location location = places.size() == 1 ? places.get(0).location() : null;
    return location != null && location.precision().equals(EXACT)
        ? new Point(location.lat(), location.lon())
        : null;
  }

  /** An address; null when a program could not go there. */
  static @Nullable URI link(@Nullable String text) {
    try {
      URI link = text == null ? null : new URI(text);
      String scheme = link == null ? null : link.getScheme();
      return scheme != null && scheme.toLowerCase(Locale.ROOT).startsWith("http") ? link : null;
    } catch (URISyntaxException noLink) {
      return null;
    }
  }
}
