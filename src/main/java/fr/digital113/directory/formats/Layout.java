package fr.digital113.directory.formats;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.Text;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the items of a list look like in each format. The formats that a list offers follow from it.
 *
 * @param name of the list and of its files, such as {@code companies}
 * @param title of the list, for people
 * @param source whom to name when the data is reused
 * @param members of an item, in their order
 * @param columns of CSV and xlsx
 * @param id the member that names an item
 * @param point where {@code lat} and {@code lon} of an item are; null when it has no place
 * @param schemaOrg the schema.org view of an item's JSON; null when there is none
 */
public record Layout(
    String name,
    Text title,
    String source,
    List<String> members,
    List<Column> columns,
    String id,
    @Nullable JsonPointer point,
    @Nullable Function<JsonNode, ObjectNode> schemaOrg) {

  /** A layout without places and schema.org view. */
  public static Layout of(
      String name, Text title, String source, Class<? extends Record> item, String id) {
    List<String> members =
        Arrays.stream(item.getRecordComponents()).map(RecordComponent::getName).toList();
    return new Layout(name, title, source, members, List.of(), id, null, null);
  }

  /** With these columns. */
  public Layout columns(List<Column> all) {
    return new Layout(name, title, source, members, all, id, point, schemaOrg);
  }

  /** With a point, at a JSON pointer. */
  public Layout point(String pointer) {
    return new Layout(
        name, title, source, members, columns, id, JsonPointer.compile(pointer), schemaOrg);
  }

  /** With a schema.org view. */
  public Layout schemaOrg(Function<JsonNode, ObjectNode> view) {
    return new Layout(name, title, source, members, columns, id, point, view);
  }

  /** The same under another name. */
  public Layout named(String other, Text otherTitle) {
    return new Layout(other, otherTitle, source, members, columns, id, point, schemaOrg);
  }

  /**
   * With one more member, and its columns, at the end: one that is added when items are read.
   *
   * @param more of the same member
   */
  public Layout and(Column column, Column... more) {
    return new Layout(
        name,
        title,
        source,
        plus(members, column.member()),
        Stream.of(columns.stream(), Stream.of(column), Arrays.stream(more))
            .flatMap(each -> each)
            .toList(),
        id,
        point,
        schemaOrg);
  }

  private static <T> List<T> plus(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }

  /** The formats of the list, JSON first. */
  List<Format> listFormats() {
    List<Format> formats = new ArrayList<>(itemFormats());
    formats.addAll(List.of(Format.CSV, Format.XLSX, Format.NDJSON));
    formats.sort(null);
    return formats;
  }

  /** The formats of a single item, JSON first. */
  List<Format> itemFormats() {
    List<Format> formats = new ArrayList<>(List.of(Format.JSON));
    if (point != null) {
      formats.add(Format.GEOJSON);
    }
    if (schemaOrg != null) {
      formats.add(Format.JSONLD);
    }
    return formats;
  }
}
