package fr.digital113.directory.editing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.web.JsonBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a write sets of an item: columns of its row, as JSON that PostgreSQL converts to their
 * types, and ordered links to others. Names of tables and columns come from the program alone.
 */
final class Row {

  /** A table of ordered links: {@code (owner, target, position)}. */
  record Links(String table, String owner, String target) {}

  private final String table;
  private final String key;
  private final ObjectNode columns = JsonBody.emptyObject();
  private final Map<Links, List<String>> links = new LinkedHashMap<>();
  private final List<Rest> rest = new ArrayList<>();

  private final Map<String, ObjectNode> members = new LinkedHashMap<>();

  /** What is written in other tables once the row is there. */
  @FunctionalInterface
  interface Rest {
    void write(Handle database, String id);
  }

  /**
   * @param key the column that {@code id} parameters below are values of
   */
  Row(String table, String key) {
    this.table = table;
    this.key = key;
  }

  /** Sets a column; null empties it. */
  void set(String column, @Nullable JsonNode value) {
    columns.set(column, value);
  }

  void set(String column, @Nullable String value) {
    columns.put(column, value);
  }

  /** Sets which others the item is linked to, in this order. */
  void link(Links to, List<String> targets) {
    links.put(to, targets);
  }

  /** Sets one member of a column that is a document; the others stay. */
  void member(String column, String name, JsonNode value) {
    members.computeIfAbsent(column, each -> JsonBody.emptyObject()).set(name, value);
  }

  /** Adds what is written after the row. */
  void then(Rest also) {
    rest.add(also);
  }

  boolean isEmpty() {
    return columns.isEmpty() && links.isEmpty() && members.isEmpty() && rest.isEmpty();
  }

  /**
   * Inserts the row.
   *
   * @param unless a unique column that may be taken: then nothing is inserted
   * @return whether it was inserted
   */
  boolean insert(Handle database, String id, String unless) {
    columns.put(key, id);
    String names = String.join(", ", names());
    int inserted =
        database
            .createUpdate(
                """
                insert into %1$s (%2$s) select %2$s from jsonb_populate_record(null::%1$s, :row::jsonb)
                on conflict (%3$s) do nothing
                """
                    .formatted(table, names, unless))
            .bind("row", columns.toString())
            .execute();
    if (inserted == 1) {
      writeRest(database, id);
    }
    return inserted == 1;
  }

  /** Updates the row. What does not change leaves no trace in the log. */
  void update(Handle database, String id) {
    if (!columns.isEmpty()) {
      String names = String.join(", ", names());
      database
          .createUpdate(
              """
              update %1$s t set (%2$s) = (select %2$s from jsonb_populate_record(t, :row::jsonb)) where t.%3$s::text = :id
              """
                  .formatted(table, names, key))
          .bind("row", columns.toString())
          .bind("id", id)
          .execute();
    }
    members.forEach(
        (column, changed) ->
            database
                .createUpdate(
                    "update %1$s set %2$s = %2$s || :changed::jsonb where %3$s::text = :id"
                        .formatted(table, column, key))
                .bind("changed", changed.toString())
                .bind("id", id)
                .execute());
    writeRest(database, id);
  }

  private void writeRest(Handle database, String id) {
    links.forEach((to, targets) -> writeLinks(database, id, to, targets));
    rest.forEach(each -> each.write(database, id));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    columns.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void writeLinks(Handle database, String id, Links to, List<String> targets) {
    database
        .createUpdate(
            """
            delete from %1$s l using %4$s t
            where t.%5$s::text = :id and l.%2$s = t.%5$s and l.%3$s <> all (:targets)
            """
                .formatted(to.table(), to.owner(), to.target(), table, key))
        .bind("id", id)
        .bindArray("targets", String.class, targets)
        .execute();
    database
        .createUpdate(
            """
            insert into %1$s as l (%2$s, %3$s, position)
            select t.%5$s, x.target, x.position from %4$s t
            cross join unnest(:targets) with ordinality x (target, position) where t.%5$s::text = :id
            on conflict (%2$s, %3$s) do update set position = excluded.position
            where l.position <> excluded.position
            """
                .formatted(to.table(), to.owner(), to.target(), table, key))
        .bind("id", id)
        .bindArray("targets", String.class, targets)
        .execute();
  }
}
