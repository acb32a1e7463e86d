package fr.digital113.directory.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.values.BadValueException;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.values.Parser;
import fr.digital113.directory.values.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A column of a file of items.
 *
 * @param member where its value belongs in what editors see, such as {@code title/fr}
 * @param reading the value of a cell that is not empty
 */
record ItemColumn(Column column, String member, Parser<? extends JsonNode> reading) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern LOCAL =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2})(:\\d{2})?");

  static ItemColumn text(String name, List<String> aliases, String member, String fr, String en) {
    return new ItemColumn(Column.of(name, aliases, fr, en), member, JSON::textNode);
  }

  /** Codes or references, separated by |. */
  static ItemColumn texts(String name, List<String> aliases, String member, String fr, String en) {
    return new ItemColumn(
        Column.of(name, aliases, fr, en),
        member,
        cell -> {
          ArrayNode all = JSON.arrayNode();
          Values.list(Values.line(500)).parse(cell).forEach(all::add);
          return all;
        });
  }

  static ItemColumn degrees(String name, List<String> aliases, String member, int bound) {
    return new ItemColumn(
        Column.of(name, aliases, "Degrés WGS84.", "WGS84 degrees."),
        member,
        cell -> JSON.numberNode(Values.degrees(bound).parse(cell)));
  }

  static ItemColumn day(String name, List<String> aliases, String fr, String en) {
    return new ItemColumn(
        Column.of(name, aliases, fr, en),
        name,
        cell -> JSON.textNode(Values.date(cell).toString()));
  }

  /** A moment; without an offset it is the time of the region's clocks. */
  static ItemColumn moment(String name, List<String> aliases, String fr, String en) {
    return new ItemColumn(
        Column.of(name, aliases, fr, en), name, cell -> JSON.textNode(moment(cell)));
  }

  static String moment(String cell) throws BadValueException {
    String text = cell.strip();
    try {
      var local = LOCAL.matcher(text);
      Instant moment =
          local.matches()
              ? ofTheRegion(
                  LocalDateTime.parse(
                      local.group(1) + "T" + local.group(2), DateTimeFormatter.ISO_LOCAL_DATE_TIME))
              : OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
      return Moments.text(moment);
    } catch (DateTimeException noMoment) {
      throw new BadValueException(
          "invalid_time",
          "Une date et une heure sont attendues, comme 2027-01-31 18:00 (heure de Paris).",
          "A date and time are expected, such as 2027-01-31 18:00 (time of Paris).");
    }
  }

  /** In the hour that comes twice in autumn it is the first one. */
  private static Instant ofTheRegion(LocalDateTime clocks) throws BadValueException {
    if (Moments.ZONE.getRules().getValidOffsets(clocks).isEmpty()) {
      throw new BadValueException(
          "no_such_time",
          "Cette heure n'existe pas : les horloges avancent d'une heure ce jour-là.",
          "There is no such time: the clocks go forward by an hour on that day.");
    }
    return clocks.atZone(Moments.ZONE).toInstant();
  }

  /** Puts the value, or null for an empty cell, where it belongs. */
  void put(ObjectNode item, JsonNode value) {
    ObjectNode parent = item;
    String[] path = member.split("/", -1);
    for (int i = 0; i < path.length - 1; i++) {
      parent = parent.withObjectProperty(path[i]);
    }
    parent.set(path[path.length - 1], value);
  }
}
