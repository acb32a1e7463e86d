package fr.digital113.directory.erasure;

import fr.digital113.directory.database.Upkeep;
import fr.digital113.directory.database.UpkeepElsewhere;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Deletes what was kept long enough (docs/personal-data.md says how long and why). */
@Singleton
class Retention implements Upkeep {
  private final Jdbi jdbi;
  private final RetentionSettings settings;

  Retention(Jdbi jdbi, RetentionSettings settings) {
    this.jdbi = jdbi;
    this.settings = settings;
  }

  @Scheduled(
      every = "1h",
      delay = 5,
      delayUnit = TimeUnit.MINUTES,
      skipExecutionIf = UpkeepElsewhere.class)
  @Override
  public void keepUp() {
    jdbi.useHandle(
        database -> {
          run(
              database,
              "delete from import_job where finished_at < now() - :age",
              settings.imports());
          run(
              database,
              "delete from proposal where status in ('accepted', 'refused') and decided_at < now() - :age",
              settings.proposals());
          run(
              database,
              "delete from proposal where status in ('withdrawn', 'replaced') and decided_at < now() - :age",
              settings.replacedProposals());
          run(
              database,
              "delete from participation_request where status in ('accepted', 'declined') and decided_at < now() - :age",
              settings.proposals());
          run(
              database,
              "delete from participation_request where status = 'withdrawn' and decided_at < now() - :age",
              settings.replacedProposals());
          run(
              database,
              "delete from webhook_delivery where at < now() - :age",
              settings.deliveries());
          run(
              database,
              "update revision set actor = 'erased:user' where actor like 'user:%' and committed_at < now() - :age",
              settings.actors());
          run(
              database,
              "update personal_erasure set actor = 'erased:user' where actor like 'user:%' and at < now() - :age",
              settings.actors());
          run(
              database,
              "delete from calendar_subscription where coalesce(last_used, created_at::date) < now() - :age",
              settings.actors());
          run(database, "delete from confidential_read where at < now() - :age", settings.actors());
        });
  }

  private static void run(Handle database, String sql, Duration age) {
    database
        .createUpdate(sql.replace(":age", "make_interval(secs => :seconds)"))
        .bind("seconds", (double) age.toSeconds())
        .execute();
  }
}
