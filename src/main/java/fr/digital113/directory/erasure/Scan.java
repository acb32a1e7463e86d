package fr.digital113.directory.erasure;

import fr.digital113.directory.database.Cursors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Reads places, counts where the person is found, and takes the person out of them. */
final class Scan {
  private static final int FETCH_SIZE = 500;

  /** How many changes are kept before they are written: documents may be large. */
  private static final int WINDOW = 500;

  private final Handle database;
  private final Finder finder;
  private final Map<String, Long> counts = new LinkedHashMap<>();

  Scan(Handle database, Finder finder) {
    this.database = database;
    this.finder = finder;
  }

  /** How many rows were found in each place, those of none included. */
  Map<String, Long> counts() {
    return counts;
  }

  /** What is to be changed in one row. */
  private record Change(String row, Map<Place, @Nullable String> values) {
    boolean isDeletion() {
      return values.keySet().stream().anyMatch(place -> place.treatment() == Treatment.ROW);
    }
  }

  /** Only counts. */
  void find(List<Place> places) {
    for (String table : Places.searchedTables(places)) {
      read(table, places, null, change -> {});
    }
  }

  /** Takes the person out. */
  void erase(List<Place> places, ErasureKey key) {
    for (String table : Places.searchedTables(places)) {
      // Written while the rest is read: what is read is of before the first write.
      List<Change> window = new ArrayList<>();
      read(
          table,
          places,
          key,
          change -> {
            window.add(change);
            if (window.size() == WINDOW) {
              apply(table, window);
              window.clear();
            }
          });
      apply(table, window);
    }
  }

  private void read(
      String table, List<Place> places, @Nullable ErasureKey key, Consumer<Change> consumer) {
    List<Place> searched =
        places.stream()
            .filter(place -> place.table().equals(table) && place.treatment().isSearched())
            .toList();
    searched.forEach(place -> counts.putIfAbsent(place.name(), 0L));
    Cursors.query(database, select(table, searched), FETCH_SIZE)
        .map((row, context) -> change(row, searched, key))
        .forEach(
            change -> {
              if (!change.values().isEmpty()) {
                change
                    .values()
                    .keySet()
                    .forEach(place -> counts.merge(place.name(), 1L, Long::sum));
                consumer.accept(change);
              }
            });
  }

  /** Each place with what would take its place. */
  private static String select(String table, List<Place> places) {
    return places.stream()
        .map(
            place ->
                ", %s, %s"
                    .formatted(
                        place.treatment() == Treatment.LIST
                            ? "to_jsonb(" + quoted(place.column()) + ")::text"
                            : quoted(place.column()) + "::text",
                        place.sql().isEmpty() ? "null" : place.sql()))
        .collect(Collectors.joining("", "select ctid::text", " from " + table));
  }

  private Change change(ResultSet row, List<Place> places, @Nullable ErasureKey key)
      throws SQLException {
    Map<Place, @Nullable String> values = new LinkedHashMap<>();
    for (int i = 0; i < places.size(); i++) {
      String value = row.getString(2 * i + 2);
      if (value != null) {
        compare(places.get(i), value, row.getString(2 * i + 3), key, values);
      }
    }
    return new Change(row.getString(1), values);
  }

  private void compare(
      Place place,
      String value,
      @Nullable String other,
      @Nullable ErasureKey key,
      Map<Place, @Nullable String> values) {
    switch (place.treatment()) {
      case TEXT -> {
        String masked = finder.masked(value);
        if (!masked.equals(value)) {
          values.put(place, masked);
        }
      }
      case JSON -> {
        String masked = Masking.of(Objects.requireNonNull(other), value, finder);
        if (masked != null) {
          values.put(place, masked);
        }
      }
      case LIST -> {
        String masked = Masking.of("origins:", value, finder);
        if (masked != null) {
          values.put(place, masked);
        }
      }
      case VALUE, SLUG -> {
        if (finder.finds(value)) {
          values.put(place, other);
        }
      }
      case ACTOR, ROW -> {
        if (finder.isActor(value)) {
          values.put(place, key == null ? null : key.pseudonym(value));
        }
      }
      case CODE -> throw new IllegalArgumentException(place.name());
    }
  }

  private void apply(String table, List<Change> changes) {
    Map<String, PreparedBatch> batches = new LinkedHashMap<>();
    for (Change change : changes) {
      String sql = change.isDeletion() ? "delete from " + table : update(table, change);
      PreparedBatch batch =
          batches.computeIfAbsent(sql + " where ctid = cast(:row as tid)", database::prepareBatch);
      batch.bind("row", change.row());
      if (!change.isDeletion()) {
        int number = 0;
        for (String value : change.values().values()) {
          batch.bind("value" + number++, value);
        }
      }
      batch.add();
    }
    for (PreparedBatch batch : batches.values()) {
      if (Arrays.stream(batch.execute()).anyMatch(rows -> rows != 1)) {
        throw new IllegalStateException("A row of " + table + " was changed while it was erased");
      }
    }
  }

  private static String update(String table, Change change) {
    Map<String, String> assigned = new LinkedHashMap<>();
    int number = 0;
    for (Place place : change.values().keySet()) {
      String value =
          switch (place.treatment()) {
            case JSON -> "cast(:value%d as jsonb)";
            case LIST -> "array(select jsonb_array_elements_text(cast(:value%d as jsonb)))";
            default -> "cast(:value%d as text)";
          };
      assigned.put(quoted(place.column()), value.formatted(number++));
      if (place.treatment() == Treatment.VALUE && !place.besides().isEmpty()) {
        assigned.merge(
            place.besides(), place.besides() + " - '" + place.column() + "'", Scan::andAlso);
      }
    }
    return assigned.entrySet().stream()
        .map(each -> each.getKey() + " = " + each.getValue())
        .collect(Collectors.joining(", ", "update " + table + " set ", ""));
  }

  private static String andAlso(String one, String other) {
    return one + other.substring(other.indexOf(" - "));
  }

  private static String quoted(String column) {
    return '"' + column + '"';
  }
}
