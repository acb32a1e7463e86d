package fr.digital113.directory.calendars;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.digital113.directory.calendar.CalendarEntry;
import fr.digital113.directory.calendar.CalendarEntry.Details;
import fr.digital113.directory.calendar.CalendarEntry.Parts;
import fr.digital113.directory.calendar.CalendarEntry.Status;
import fr.digital113.directory.changes.FeedItem;
import fr.digital113.directory.meetings.MeetingSeries;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.values.Uids;
import fr.digital113.directory.web.Localized;
import fr.digital113.directory.web.Text;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Meetings of Factories, a series as one entry. */
final class MeetingCalendar implements CalendarType {
  private static final Text MINUTES = new Text("Compte rendu : %s", "Minutes: %s");
  private static final String FACTORY = "factory";

  /** What an occurrence may say otherwise than its series, beside when it is. */
  private static final List<String> SAID = List.of("title", "place", "agenda", "link", "minutes");

  @Override
  public String type() {
    return "meeting";
  }

  @Override
  public @Nullable CalendarEntry entry(FeedItem item, JsonNode document, View view) {
    String factory = document.path(FACTORY).asText();
    JsonNode group = view.labels().find(FACTORY, factory);
    Parts parts = parts(document, view);
    if (!view.filter().takes(factory, group) || parts == null) {
      return null;
    }
    Map<Instant, Details> changed = new HashMap<>();
    Map<Instant, Status> statuses = new HashMap<>();
    for (JsonNode each : document.path("occurrences")) {
      Instant id = recurrenceId(each);
      if (SAID.stream().anyMatch(each::has)) {
        changed.put(id, details(each, document, view));
      }
      if (each.has("status")) {
        statuses.put(id, Entries.status(each.path("status").asText()));
      }
    }
    Status status = Entries.status(document.path("status").asText());
    return new CalendarEntry(
        Uids.of(item.id()),
        document.path("sequence").intValue(),
        item.updatedAt(),
        MeetingSeries.of(document),
        status,
        details(MissingNode.getInstance(), document, view),
        group == null ? List.of() : List.of(group.path("name").asText()),
        group == null ? Entries.CLUSTER : Entries.organizer(group.path("name").asText(), factory),
        changed,
        status == Status.CANCELLED ? Map.of() : statuses, // or as a whole, as lists have it
        parts);
  }

  private static Instant recurrenceId(JsonNode occurrence) {
    String id = occurrence.path("recurrenceId").asText();
    return Objects.requireNonNull(MeetingSeries.instant(id), id);
  }

  /**
   * What of a series takes place where the filter says: all but those occurrences that have a place
   * elsewhere, or those alone that have one there. Null for nothing.
   */
  private static @Nullable Parts parts(JsonNode document, View view) {
    boolean rest = view.filter().takesPlace(document.path("place"), view.labels());
    Set<Instant> without = new HashSet<>();
    boolean any = rest;
    for (JsonNode each : document.path("occurrences")) {
      boolean there =
          each.has("place") ? view.filter().takesPlace(each.path("place"), view.labels()) : rest;
      any |= there;
      if (!there) {
        without.add(recurrenceId(each));
      }
    }
    return any ? new Parts(rest, without) : null;
  }

  /** What is said of an occurrence, where it is otherwise than the series. */
  private static Details details(JsonNode occurrence, JsonNode series, View view) {
    Place place = Place.of(said("place", occurrence, series), view.labels());
    List<Place> places = place == null ? List.of() : List.of(place);
    return new Details(
        Entries.text(said("title", occurrence, series), view.language()),
        description(occurrence, series, view),
        Entries.location(places),
        Entries.point(places),
        null,
        view.insider() ? Entries.link(said("link", occurrence, series).textValue()) : null);
  }

  private static @Nullable String description(JsonNode occurrence, JsonNode series, View view) {
    String agenda = Localized.text(said("agenda", occurrence, series), view.language());
    String minutes = view.insider() ? said("minutes", occurrence, series).textValue() : null;
    String all =
        Stream.of(agenda, minutes == null ? null : MINUTES.in(view.language()).formatted(minutes))
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n\n"));
    return all.isEmpty() ? null : all;
  }

  private static JsonNode said(String member, JsonNode occurrence, JsonNode series) {
    return occurrence.has(member) ? occurrence.path(member) : series.path(member);
  }
}
