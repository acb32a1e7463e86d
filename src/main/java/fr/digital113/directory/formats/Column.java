package fr.digital113.directory.formats;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.web.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a list's CSV and xlsx.
 *
 * @param name its header
 * @param member the member of the item that it is made of; {@code fields} picks columns by it
 * @param kind what its cells are
 * @param meaning what it holds, for the sheet that explains the columns
 * @param cell a value of the item's JSON that {@link Sheets.Sheet#row} takes; null for an empty
 *     cell
 */
public record Column(
    String name,
    String member,
    Kind kind,
    Text meaning,
    Function<JsonNode, @Nullable Object> cell) {
  private static final String SEPARATOR = "|";

  /** What the cells of a column are. */
  public enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    DATE,
    /** A moment, in UTC. */
    MOMENT
  }

  /** The text at a JSON pointer. */
  public static Column text(String name, String pointer, String fr, String en) {
    return at(name, pointer, Kind.TEXT, fr, en, Column::textOf);
  }

  /** The number at a JSON pointer. */
  public static Column number(String name, String pointer, String fr, String en) {
    return at(
        name, pointer, Kind.NUMBER, fr, en, node -> node.isNumber() ? node.numberValue() : null);
  }

  /** Whether the value at a JSON pointer is true. */
  public static Column flag(String name, String pointer, String fr, String en) {
    return at(
        name, pointer, Kind.BOOLEAN, fr, en, node -> node.isBoolean() ? node.booleanValue() : null);
  }

  /** The day at a JSON pointer. */
  public static Column date(String name, String pointer, String fr, String en) {
    return at(
        name, pointer, Kind.DATE, fr, en, node -> node.isTextual() ? day(node.asText()) : null);
  }

  /** The moment at a JSON pointer. */
  public static Column moment(String name, String pointer, String fr, String en) {
    return at(
        name,
        pointer,
        Kind.MOMENT,
        fr,
        en,
        node -> node.isTextual() ? Instant.parse(node.asText()) : null);
  }

  private static Column at(
      String name,
      String pointer,
      Kind kind,
      String fr,
      String en,
      Function<JsonNode, @Nullable Object> cell) {
    JsonPointer place = JsonPointer.compile(pointer);
    return new Column(
        name, member(place), kind, new Text(fr, en), item -> cell.apply(item.at(place)));
  }

  /** A text of each object of a list, joined by {@code |}; an empty {@code each} for texts. */
  public static Column texts(String name, String list, String each, String fr, String en) {
    return texts(name, list, each, item -> true, fr, en);
  }

  /** The same, of those objects that pass. */
  static Column texts(
      String name,
      String list,
      String each,
      Function<JsonNode, Boolean> passes,
      String fr,
      String en) {
    JsonPointer within = JsonPointer.compile(each);
    return at(
        name,
        list,
        Kind.TEXT,
        fr,
        en,
        nodes -> {
          List<String> texts = new ArrayList<>();
          for (JsonNode node : nodes) {
            String text = passes.apply(node) ? textOf(node.at(within)) : null;
            if (text != null) {
              texts.add(text);
            }
          }
          return String.join(SEPARATOR, texts);
        });
  }

  /** The members of an object as {@code name=value}, in the order of names, joined by {@code |}. */
  public static Column pairs(String name, String pointer, String fr, String en) {
    return at(
        name,
        pointer,
        Kind.TEXT,
        fr,
        en,
        node ->
            String.join(
                SEPARATOR,
                node.properties().stream()
                    .map(each -> each.getKey() + "=" + each.getValue().asText())
                    .sorted()
                    .toList()));
  }

  /** A text of the territories of one level, of a list of territories. */
  public static Column ofLevel(
      String name, String list, String level, String each, String fr, String en) {
    return texts(
        name, list, each, territory -> territory.path("level").asText().equals(level), fr, en);
  }

  private static String member(JsonPointer place) {
    return place.getMatchingProperty();
  }

  private static @Nullable String textOf(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asText() : null;
  }

  /** The day that a text names; of a date that is known as a year or month only, the text. */
  static Object day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException lessPrecise) {
      return text;
    }
  }
}
