package fr.digital113.directory.statistics;

import fr.digital113.directory.metrics.DatabaseFigures;
import fr.digital113.directory.metrics.Figure;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Vintages that wait or were refused, and how much of the newest one is withheld. That one is read
 * once: it never changes.
 */
@Singleton
class VintageMetrics implements DatabaseFigures {
  private volatile @Nullable Cells newest;

  /** Figures on jobs in the tables of a vintage; what is withheld has no value. */
  private record Cells(String vintage, long all, long withheld) {}

  @Override
  public List<Figure> read(Handle database) {
    Cells cells = newest(database);
    return List.of(
        vintages(database, "preparing"),
        vintages(database, "published"),
        vintages(database, "refused"),
        Figure.seconds(
            "directory.vintage.oldest.waiting",
            "Since when the oldest vintage waits to be computed",
            Tags.empty(),
            Math.max(0, waiting(database))),
        cells("published", cells.all() - cells.withheld()),
        cells("withheld", cells.withheld()));
  }

  private static Figure vintages(Handle database, String status) {
    return Figure.count(
        "directory.vintages",
        "Vintages of the statistics, by status",
        Tags.of("status", status),
        database
            .createQuery("select count(*) from vintage where status = :status")
            .bind("status", status)
            .mapTo(Long.class)
            .one());
  }

  private static double waiting(Handle database) {
    return database
        .createQuery(
            """
            select coalesce(extract(epoch from clock_timestamp() - min(requested_at)), 0)
            from vintage where status = 'preparing'
            """)
        .mapTo(Double.class)
        .one();
  }

  private static Figure cells(String state, long count) {
    return Figure.count(
        "directory.vintage.cells",
        "Figures on jobs in the newest vintage, by what is told of them",
        Tags.of("state", state),
        count);
  }

  private Cells newest(Handle database) {
    Optional<String> id =
        database
            .createQuery(
                "select id from vintage where status = 'published' order by as_of desc, correction desc limit 1")
            .mapTo(String.class)
            .findOne();
    if (id.isEmpty()) {
      return new Cells("", 0, 0);
    }
    Cells known = newest;
    if (known != null && known.vintage().equals(id.get())) {
      return known;
    }
    Cells counted = count(database, id.get());
    newest = counted;
    return counted;
  }

  private static Cells count(Handle database, String vintage) {
    return database
        .createQuery(
            """
            select count(*) as cells, count(*) filter (where cell = 'null'::jsonb) as withheld
            from vintage, jsonb_array_elements(content::jsonb -> 'tables') as tables,
              jsonb_array_elements(tables -> 'jobs') as cell
            where id = :id
            """)
        .bind("id", vintage)
        .map((row, context) -> new Cells(vintage, row.getLong("cells"), row.getLong("withheld")))
        .one();
  }
}
