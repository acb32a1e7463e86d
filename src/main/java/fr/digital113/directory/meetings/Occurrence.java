package fr.digital113.directory.meetings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import fr.digital113.directory.calendar.Calendars;
import fr.digital113.directory.index.ComputedListing.Place;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.RawJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A meeting at one time.
 *
 * @param of the meeting or series
 * @param own what is otherwise than in the series, in the same form; missing for what is as planned
 * @param recurrenceId which one of the series; null for a meeting that takes place once
 */
record Occurrence(
    ReadMeeting of, JsonNode own, @Nullable Instant recurrenceId, Instant start, Instant end) {
  /** That of lists, and of {@link #place}. */
  static final Comparator<Occurrence> ORDER =
      Comparator.comparing(Occurrence::start)
          .thenComparing(each -> each.of().id())
          .thenComparing(
              Occurrence::recurrenceId, Comparator.nullsFirst(Comparator.naturalOrder()));

  private static final String CANCELLED = "cancelled";
  private static final List<String> ALL =
      Stream.concat(MeetingLayout.MEMBERS.stream(), MeetingLayout.INSIDE.stream()).toList();

  /** Where it stands in a list: its own place in time, whatever the rule had. */
  Place place() {
    return new Place(
        start.getEpochSecond(), of.id(), recurrenceId == null ? "" : name(recurrenceId));
  }

  private static String name(Instant recurrenceId) {
    return Calendars.utc(recurrenceId);
  }

  private JsonNode meeting() {
    return of.view();
  }

  /** As lists show it: with the members that its meeting shows, in their order. */
  RawJson view() {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    for (String member : ALL) {
      JsonNode value = value(member);
      if (value != null) {
        view.set(member, value);
      }
    }
    byte[] json = view.toString().getBytes(StandardCharsets.UTF_8);
    return new RawJson(json, 0, json.length);
  }

  private @Nullable JsonNode value(String member) {
    return switch (member) {
      case "recurrenceId" ->
          recurrenceId == null ? NullNode.getInstance() : TextNode.valueOf(name(recurrenceId));
      case "series" -> BooleanNode.valueOf(isOfSeries());
      case "start" -> TextNode.valueOf(Moments.text(start));
      case "end" -> TextNode.valueOf(Moments.text(end));
      // What is called off as a whole does not take place in part.
      case "status" -> isCalledOff() ? TextNode.valueOf(CANCELLED) : ownOr(member);
      case "attendance" -> isOfSeries() && meeting().has(member) ? came() : meeting().get(member);
      default -> ownOr(member);
    };
  }

  private boolean isOfSeries() {
    return recurrenceId != null;
  }

  private boolean isCalledOff() {
    return meeting().path("status").asText().equals(CANCELLED);
  }

  private JsonNode came() {
    return own.has("attendance") ? own.path("attendance") : JsonNodeFactory.instance.arrayNode();
  }

  private @Nullable JsonNode ownOr(String member) {
    JsonNode value = own.get(member);
    return value == null ? meeting().get(member) : value;
  }

  /** Whether it takes place, as far as is known. */
  boolean isHeld() {
    JsonNode status = value("status");
    return status == null || !status.asText().equals(CANCELLED);
  }

  /** The id of the Factory that meets. */
  String factory() {
    return meeting().path("factory").path("id").asText();
  }

  /** The code of the commune where it takes place; null when that is not known. */
  @Nullable String commune() {
    JsonNode place = ownOr("place");
    return place == null ? null : place.path("commune").path("code").textValue();
  }
}
