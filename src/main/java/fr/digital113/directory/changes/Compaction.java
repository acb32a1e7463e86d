package fr.digital113.directory.changes;

import fr.digital113.directory.database.Upkeep;
import fr.digital113.directory.database.UpkeepElsewhere;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Keeps the size of the change log within what its readers need. Any process may do it. */
@Singleton
class Compaction implements Upkeep {
  private final Jdbi jdbi;
  private final LogSettings settings;

  Compaction(Jdbi jdbi, LogSettings settings) {
    this.jdbi = jdbi;
    this.settings = settings;
  }

  @Scheduled(
      every = "24h",
      delay = 30,
      delayUnit = TimeUnit.MINUTES,
      concurrentExecution = ConcurrentExecution.SKIP,
      skipExecutionIf = UpkeepElsewhere.class)
  @Override
  public void keepUp() {
    compact(Instant.now());
  }

  /** Forgets what was told long enough by a moment. */
  void compact(Instant now) {
    jdbi.useHandle(
        database -> {
          long feed = newestBefore(database, now.minus(settings.feedRetention()));
          long audit = newestBefore(database, now.minus(settings.auditRetention()));
          database.execute("call compact_log(?, ?)", feed, audit);
        });
  }

  private static long newestBefore(Handle database, Instant moment) {
    return database
        .createQuery("select coalesce(max(revision), 0) from revision where committed_at < :moment")
        .bind("moment", Timestamp.from(moment))
        .mapTo(Long.class)
        .one();
  }
}
