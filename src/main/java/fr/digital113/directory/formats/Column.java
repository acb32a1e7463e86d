package fr.digital113.directory.formats;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of a list's CSV and xlsx.
 *
 * @param name its header
 * @param member the member of the item that it is made of; {@code fields} picks columns by it
 * @param isText whether its cells are texts; numbers else
 * @param meaning what it holds, for the sheet that explains the columns
 * @param cell a text or number of the item's JSON; null for an empty cell
 */
public record Column(
    String name,
    String member,
    boolean isText,
    Text meaning,
    Function<JsonNode, @Nullable Object> cell) {
  private static final String SEPARATOR = "|";

  /** The text at a JSON pointer. */
  public static Column text(String name, String pointer, String fr, String en) {
    JsonPointer place = JsonPointer.compile(pointer);
    return new Column(name, member(place), true, new Text(fr, en), item -> textOf(item.at(place)));
  }

  /** The number at a JSON pointer. */
  public static Column number(String name, String pointer, String fr, String en) {
    JsonPointer place = JsonPointer.compile(pointer);
    return new Column(name, member(place), false, new Text(fr, en), item -> number(item.at(place)));
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
    JsonPointer place = JsonPointer.compile(list);
    JsonPointer within = JsonPointer.compile(each);
    return new Column(
        name,
        member(place),
        true,
        new Text(fr, en),
        item -> {
          List<String> texts = new ArrayList<>();
          for (JsonNode node : item.at(place)) {
            String text = passes.apply(node) ? textOf(node.at(within)) : null;
            if (text != null) {
              texts.add(text);
            }
          }
          return String.join(SEPARATOR, texts);
        });
  }

  /** A text of the territories of one level, of a list of territories. */
  public static Column ofLevel(
      String name, String list, String level, String each, String fr, String en) {
    return texts(
        name, list, each, territory -> territory.path("level").asText().equals(level), fr, en);
  }

  /** The licence, the same for every item; goes with a member. */
  public static Column licence(String member) {
    return new Column(
        "licence",
        member,
        true,
        new Text("Licence des données", "Licence of the data"),
        item -> Credits.LICENCE);
  }

  private static String member(JsonPointer place) {
    return place.getMatchingProperty();
  }

  private static @Nullable String textOf(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asText() : null;
  }

  private static @Nullable Object number(JsonNode node) {
    return node.isNumber() ? node.numberValue() : null;
  }
}
