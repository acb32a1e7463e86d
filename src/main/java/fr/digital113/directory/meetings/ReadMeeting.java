package fr.digital113.directory.meetings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import fr.digital113.directory.calendar.Series;
import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A meeting, read out of its representation.
 *
 * @param particular the occurrences that are otherwise than the series, by when they were to start
 */
record ReadMeeting(String id, JsonNode view, Series series, Map<Instant, JsonNode> particular) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static ReadMeeting of(RawJson representation) {
    JsonNode view = parsed(representation);
    Map<Instant, JsonNode> particular = new HashMap<>();
    for (JsonNode each : view.path("occurrences")) {
      Instant start = MeetingSeries.instant(each.path("recurrenceId").asText());
      if (start != null) {
        particular.put(start, each);
      }
    }
    return new ReadMeeting(view.path("id").asText(), view, MeetingSeries.of(view), particular);
  }

  private static JsonNode parsed(RawJson representation) {
    try {
      return MAPPER.readTree(representation.utf8());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Its occurrences that meet a window. */
  Stream<Occurrence> occurrences(Window window) {
    return series
        .occurrences(window.from().moment(), window.to().moment())
        .map(
            each ->
                new Occurrence(
                    this, own(each.recurrenceId()), each.recurrenceId(), each.start(), each.end()));
  }

  private JsonNode own(@Nullable Instant recurrenceId) {
    JsonNode own = recurrenceId == null ? null : particular.get(recurrenceId);
    return own == null ? MissingNode.getInstance() : own;
  }
}
