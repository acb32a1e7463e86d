package fr.digital113.directory.meetings;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.calendar.Calendars;
import fr.digital113.directory.calendar.Recurrence;
import fr.digital113.directory.calendar.Series;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.web.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a meeting takes place, as documents and representations tell it. */
public final class MeetingSeries {
  private MeetingSeries() {}

  /**
   * The series of a meeting; of one that takes place once as well.
   *
   * @param meeting with {@code start}, {@code end}, {@code rule} and {@code occurrences}; moments
   *     with any offset
   * @throws IllegalArgumentException for a rule that is none
   */
  public static Series of(JsonNode meeting) {
    String rule = Json.text(meeting, "rule");
    List<Series.Change> changes = new ArrayList<>();
    for (JsonNode each : meeting.path("occurrences")) {
      Instant recurrenceId = instant(each.path("recurrenceId").asText());
      if (recurrenceId != null) {
        changes.add(
            new Series.Change(
                recurrenceId,
                each.path("status").asText().equals("cancelled"),
                moment(each, "start"),
                moment(each, "end")));
      }
    }
    return new Series(
        moment(meeting.path("start").asText()),
        moment(meeting.path("end").asText()),
        rule == null ? null : new Recurrence(rule),
        changes);
  }

  /** The moment that a {@code recurrenceId} names; null for none. */
  public static @Nullable Instant instant(String recurrenceId) {
    try {
      return Calendars.instant(recurrenceId);
    } catch (BadValueException noMoment) {
      return null;
    }
  }

  private static @Nullable Instant moment(JsonNode occurrence, String name) {
    String moment = Json.text(occurrence, name);
    return moment == null ? null : moment(moment);
  }

  private static Instant moment(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
