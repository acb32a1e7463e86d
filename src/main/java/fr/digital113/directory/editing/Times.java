package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.JsonBody;
import fr.digital113.directory.web.Text;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * From when to when something takes place: members {@code start}, {@code end}, {@code timeZone}.
 */
final class Times {
  static final String START = "start";
  static final String END = "end";

  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2100;

  private Times() {}

  static Field start(Field.Who who) {
    return Field.column(START, who, "starts_at", Times::read).mandatory();
  }

  static Field end(Field.Who who) {
    return Field.column(END, who, "ends_at", Times::read).mandatory();
  }

  /** That of the region, which a write may repeat. */
  static Field zone() {
    return Field.shown("timeZone").emptyAs(JsonNodeFactory.instance.textNode(Moments.ZONE.getId()));
  }

  /** A moment, as the clocks of the region tell it. */
  static @Nullable JsonNode read(JsonBody body, String name, Codes codes) {
    OffsetDateTime moment = body.moment(name);
    if (moment == null) {
      return null;
    }
    int year = Moments.local(moment.toInstant()).getYear();
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      body.error(
          name,
          "out_of_range",
          new Text("Une année de %d à %d.", "A year from %d to %d.").with(FIRST_YEAR, LAST_YEAR));
      return null;
    }
    return JsonNodeFactory.instance.textNode(Moments.text(moment.toInstant()));
  }

  /** The times of a document, as editors read and write them. */
  static void edit(JsonNode document, ObjectNode edit) {
    edit.put(START, Moments.text(document.path(START).asText()));
    edit.put(END, Moments.text(document.path(END).asText()));
    edit.put("timeZone", Moments.ZONE.getId());
  }

  /**
   * Notes an end that is not after the start, or too long after it.
   *
   * @param place of the times in the body: empty, or such as {@code occurrences/1/}
   */
  static void check(JsonNode times, JsonBody body, String place, Duration longest) {
    Duration length = length(times);
    if (length.isNegative() || length.isZero()) {
      body.error(
          place + END,
          "end_before_start",
          new Text("La fin doit suivre le début.", "The end must follow the start."));
    } else if (length.compareTo(longest) > 0) {
      body.error(
          place + END,
          "too_long",
          new Text("Au plus %d jours.", "%d days at most.").with(longest.toDays()));
    }
  }

  /** From the start to the end. */
  static Duration length(JsonNode times) {
    return Duration.between(moment(times, START), moment(times, END));
  }

  /** One of the times, as it was read. */
  static OffsetDateTime moment(JsonNode times, String name) {
    return OffsetDateTime.parse(times.path(name).asText());
  }
}
