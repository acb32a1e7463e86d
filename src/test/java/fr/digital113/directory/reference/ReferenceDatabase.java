package fr.digital113.directory.reference;

import fr.digital113.directory.testsupport.MigratedDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Short ways to ask the database of a test. */
record ReferenceDatabase(Supplier<Jdbi> current) {

  static ReferenceDatabase of(MigratedDatabase database) {
    return new ReferenceDatabase(database::jdbi);
  }

  Jdbi jdbi() {
    return current.get();
  }

  /** The first column, as text. */
  List<String> strings(String sql, Object... arguments) {
    return jdbi().withHandle(h -> h.select(sql, arguments).mapTo(String.class).list());
  }

  String string(String sql, Object... arguments) {
    return jdbi().withHandle(h -> h.select(sql, arguments).mapTo(String.class).one());
  }

  long count(String sql, Object... arguments) {
    return jdbi().withHandle(h -> h.select(sql, arguments).mapTo(Long.class).one());
  }

  /** The first column to the second, sorted by the first. */
  Map<String, String> map(String sql, Object... arguments) {
    Map<String, String> map = new TreeMap<>();
    jdbi()
        .useHandle(
            h ->
                h.select(sql, arguments)
                    .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                    .forEach(entry -> map.put(entry.getKey(), entry.getValue())));
    return map;
  }

  void execute(String sql, Object... arguments) {
    jdbi().useHandle(h -> h.execute(sql, arguments));
  }

  long revision() {
    return count("select coalesce(max(revision), 0) from revision");
  }
}
