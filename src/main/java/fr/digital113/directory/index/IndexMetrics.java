package fr.digital113.directory.index;

import fr.digital113.directory.changes.Visibility;
import fr.digital113.directory.metrics.DatabaseFigures;
import fr.digital113.directory.metrics.Figure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How far each index of this process has come, how large it is, and how far it is behind the log.
 * An index that nobody has asked for has no figures.
 */
@Singleton
class IndexMetrics implements MeterBinder, DatabaseFigures {
  private final DirectoryIndex index;
  private final IndexFollower follower;

  IndexMetrics(DirectoryIndex index, IndexFollower follower) {
    this.index = index;
    this.follower = follower;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("directory.database.up", follower, each -> each.isDatabaseUp() ? 1 : 0)
        .description("Whether the change log was read within the last five seconds")
        .register(registry);
    for (Visibility side : Visibility.values()) {
      FollowedIndex of = index.of(side);
      Gauge.builder("directory.index.revision", of, each -> read(each, Snapshot::appliedRevision))
          .description("Newest revision applied")
          .tags(tags(side))
          .register(registry);
      Gauge.builder("directory.index.items", of, each -> read(each, IndexMetrics::items))
          .description("Items that can be found")
          .tags(tags(side))
          .register(registry);
      Gauge.builder("directory.index.missing.items", of, FollowedIndex::missing)
          .description("Items that could not be indexed; each has a line in the log")
          .tags(tags(side))
          .register(registry);
      Gauge.builder("directory.index.size", of, FollowedIndex::size)
          .description("Files of the index")
          .baseUnit("bytes")
          .tags(tags(side))
          .register(registry);
    }
  }

  private static double items(Snapshot snapshot) {
    return snapshot.reader().numDocs();
  }

  private static double read(FollowedIndex of, ToDoubleFunction<Snapshot> figure) {
    try (Snapshot snapshot = of.current().acquire()) {
      return snapshot == null ? Double.NaN : figure.applyAsDouble(snapshot);
    }
  }

  @Override
  public List<Figure> read(Handle database) {
    List<Figure> figures = new ArrayList<>();
    for (Visibility side : Visibility.values()) {
      Long applied = applied(side);
      if (applied != null) {
        figures.addAll(behind(database, side, applied));
      }
    }
    return figures;
  }

  /** Before the database is asked: what is applied meanwhile counts as behind, never as ahead. */
  private @Nullable Long applied(Visibility side) {
    try (Snapshot snapshot = index.of(side).current().acquire()) {
      return snapshot == null ? null : snapshot.appliedRevision();
    }
  }

  private static List<Figure> behind(Handle database, Visibility side, long applied) {
    return database
        .createQuery(
            """
            select count(*) as revisions,
              coalesce(extract(epoch from clock_timestamp() - min(committed_at)), 0) as seconds
            from revision where revision > :applied
            """)
        .bind("applied", applied)
        .map(
            (row, context) ->
                List.of(
                    Figure.count(
                        "directory.index.lag.revisions",
                        "Revisions of the log that are not applied yet",
                        tags(side),
                        row.getLong("revisions")),
                    Figure.seconds(
                        "directory.index.lag",
                        "Since when the oldest of them waits",
                        tags(side),
                        Math.max(0, row.getDouble("seconds")))))
        .one();
  }

  private static Tags tags(Visibility side) {
    return Tags.of("index", side.name().toLowerCase(Locale.ROOT));
  }
}
