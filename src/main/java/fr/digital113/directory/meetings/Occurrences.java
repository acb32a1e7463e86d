package fr.digital113.directory.meetings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.digital113.directory.calendar.Calendars;
import fr.digital113.directory.calendar.Series;
import fr.digital113.directory.index.AllItems;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.places.Place;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Expands the meetings of a snapshot.
 *
 * @param territories codes of where an occurrence must take place; empty for anywhere
 */
record Occurrences(Snapshot snapshot, Window window, Set<String> territories, Language language) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Those that meet the window, in the order of the list. */
  List<Occurrence> of(Query query) {
    List<Occurrence> all = new ArrayList<>();
    AllItems.of(snapshot, query, language).forEach(item -> expand(parsed(item.body()), all));
    all.sort(Comparator.comparing(Occurrence::place));
    return all;
  }

  private static JsonNode parsed(RawJson body) {
    try {
      return MAPPER.readTree(body.utf8());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void expand(JsonNode meeting, List<Occurrence> all) {
    Map<String, JsonNode> particular = new HashMap<>();
    meeting
        .path("occurrences")
        .forEach(each -> particular.put(each.path("recurrenceId").asText(), each));
    Series series = MeetingSeries.of(meeting);
    series
        .occurrences(window.from().moment(), window.to().moment())
        .forEach(
            each -> {
              String id = each.recurrenceId() == null ? "" : Calendars.utc(each.recurrenceId());
              JsonNode own = particular.getOrDefault(id, MissingNode.getInstance());
              Occurrence occurrence = new Occurrence(meeting, own, id, each.start(), each.end());
              if (territories.isEmpty()
                  || Place.isWithin(occurrence.commune(), territories, snapshot.labels())) {
                all.add(occurrence);
              }
            });
  }
}
