package fr.digital113.directory.formats;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.values.Moments;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Text;
import java.time.Instant;
import java.util.List;

/**
 * Whom to name when an item is reused, and the day that its data is of: the item's own {@code
 * source}; of a list whose items have none, the source of the list and the day that the item says
 * it is of ({@code asOf}), or that of its last change.
 */
record Attribution(String name, String date) {
  /** The member of items that says it. */
  static final String MEMBER = "source";

  static Attribution of(Layout layout, JsonNode item) {
    JsonNode own = item.path(MEMBER);
    if (own.isObject()) {
      return new Attribution(own.path("name").asText(), own.path("date").asText());
    }
    JsonNode asOf = item.path("asOf");
    return new Attribution(
        layout.source(), asOf.isTextual() ? asOf.asText() : day(item.path("updatedAt").asText()));
  }

  private static String day(String instant) {
    return Instant.parse(instant).atZone(Moments.ZONE).toLocalDate().toString();
  }

  /** The columns that every table ends with, whatever {@code fields} asks for. */
  static List<Column> columns(Layout layout) {
    return List.of(
        new Column(
            "sourceName",
            MEMBER,
            Column.Kind.TEXT,
            new Text("Source à citer", "Source to name"),
            item -> of(layout, item).name()),
        new Column(
            "sourceDate",
            MEMBER,
            Column.Kind.DATE,
            new Text("Date des données", "Day that the data is of"),
            item -> Column.day(of(layout, item).date())),
        new Column(
            "licence",
            MEMBER,
            Column.Kind.TEXT,
            new Text("Licence des données", "Licence of the data"),
            item -> Credits.LICENCE));
  }
}
