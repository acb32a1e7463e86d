package fr.digital113.directory.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.editing.ItemFiles;
import fr.digital113.directory.values.Values;
import fr.digital113.directory.web.Json;
import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemException.FieldError;
import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Files of items that are few: each row is written as one write of the API would be, so that both
 * have the same rules. A column that the file does not have leaves what is there.
 */
abstract class ItemsImport implements OwnFileKind {
  private final ItemFiles files;
  private final String type;
  private final List<ItemColumn> columns;

  /**
   * @param type the items, as the change log names them
   */
  ItemsImport(ItemFiles files, String type, List<ItemColumn> columns) {
    this.files = files;
    this.type = type;
    this.columns = columns;
  }

  /** The column that every kind has first. */
  static ItemColumn id() {
    return ItemColumn.text(
        "id",
        List.of("identifiant"),
        "id",
        "Identifiant de l'annuaire (UUID). Vide pour un nouvel élément.",
        "Id in the directory (UUID). Empty for a new item.");
  }

  @Override
  public List<Column> columns() {
    return columns.stream().map(ItemColumn::column).toList();
  }

  /**
   * The id of the item that a row without one is about, by what else it says.
   *
   * @param row the values by the names of their columns
   */
  abstract Optional<String> find(Handle database, Map<String, JsonNode> row);

  /** The merge patch that a row means for an item; empty for a new one. */
  ObjectNode patch(Map<String, JsonNode> row, ObjectNode before) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (ItemColumn column : columns) {
      JsonNode value = row.get(column.column().name());
      if (value != null && !column.member().equals("id")) {
        column.put(patch, value);
      }
    }
    collapse(patch, before);
    return patch;
  }

  /** Empty cells make no object where there is none, nor half a point of one that is there. */
  private static void collapse(ObjectNode patch, JsonNode before) {
    patch
        .properties()
        .forEach(
            member -> {
              JsonNode there = before.path(member.getKey());
              if (member.getValue() instanceof ObjectNode inner) {
                collapse(inner, there);
                boolean empty =
                    inner.properties().stream().allMatch(each -> each.getValue().isNull());
                if (empty && (!there.isObject() || member.getKey().equals("location"))) {
                  member.setValue(JsonNodeFactory.instance.nullNode());
                }
              }
            });
  }

  @Override
  public void run(Handle database, Table table, ImportOptions options, RowReport report)
      throws IOException {
    RowCells cells = new RowCells(table, columns());
    ItemFiles.File file = files.open(database, type);
    Map<String, Long> seen = new HashMap<>();
    while (table.next()) {
      report.read();
      try {
        cells.begin();
        Map<String, JsonNode> row = values(cells);
        String id = idOf(database, cells, row);
        Long first = id == null ? null : seen.get(id);
        if (first != null) {
          throw new RejectedRowException(
              null,
              null,
              "duplicate_row",
              new Text("La ligne %d parle déjà du même.", "Line %d is already about the same.")
                  .with(first));
        }
        switch (put(file, id, row)) {
          case CREATED -> report.created(1);
          case UPDATED -> report.updated(1);
          case UNCHANGED -> report.unchanged(1);
        }
        if (id != null) {
          seen.put(id, table.line());
        }
      } catch (RejectedRowException rejected) {
        rejected.reportTo(report, table.line());
      }
    }
  }

  /** The values of the columns that the file has; null nodes of empty cells. */
  private Map<String, JsonNode> values(RowCells cells) throws RejectedRowException {
    Map<String, JsonNode> row = new LinkedHashMap<>();
    for (ItemColumn column : columns) {
      String name = column.column().name();
      if (cells.header().has(name)) {
        JsonNode value = cells.get(name, column.reading());
        row.put(name, value == null ? JsonNodeFactory.instance.nullNode() : value);
      }
    }
    return row;
  }

  private @Nullable String idOf(Handle database, RowCells cells, Map<String, JsonNode> row)
      throws RejectedRowException {
    UUID given = cells.get("id", Values::id);
    if (given == null) {
      return find(database, row).orElse(null);
    }
    boolean known =
        database
            .createQuery("select exists (select from " + type + " where id = :id)")
            .bind("id", given)
            .mapTo(Boolean.class)
            .one();
    if (!known) {
      throw new RejectedRowException(
          "id",
          given.toString(),
          "unknown_id",
          new Text("Aucun élément n'a cet identifiant.", "No item has this id."));
    }
    return given.toString();
  }

  private ItemFiles.Outcome put(ItemFiles.File file, @Nullable String id, Map<String, JsonNode> row)
      throws RejectedRowException {
    try {
      return file.put(id, before -> patch(row, before));
    } catch (ProblemException refused) {
      FieldError first = refused.errors().isEmpty() ? null : refused.errors().get(0);
      throw new RejectedRowException(
          first == null ? null : columnAt(String.valueOf(first.pointer())),
          null,
          first == null ? refused.type().slug() : first.code(),
          first == null ? refused.detail() : first.message());
    }
  }

  /** The column whose value is at a place of the body; the longest of those around it. */
  private @Nullable String columnAt(String pointer) {
    String place = pointer.substring(1);
    return columns.stream()
        .filter(
            each ->
                (place + "/").startsWith(each.member() + "/")
                    || each.member().startsWith(place + "/"))
        .max((one, other) -> Integer.compare(one.member().length(), other.member().length()))
        .map(each -> each.column().name())
        .orElse(null);
  }

  /** The text of a cell; null when it is empty or not there. */
  static @Nullable String text(Map<String, JsonNode> row, String column) {
    JsonNode value = row.get(column);
    return value == null || value.isNull() ? null : value.asText();
  }

  /** The texts of a cell of several. */
  static List<String> texts(Map<String, JsonNode> row, String column) {
    return Json.texts(row.getOrDefault(column, JsonNodeFactory.instance.arrayNode()));
  }
}
