package fr.digital113.directory.changes;

import fr.digital113.directory.database.Upkeep;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/**
 * Memberships, and what the cluster tells of itself, start and end with the day in Europe/Paris,
 * without a write. The database logs what has come to its day, once, whichever process asks first.
 */
@Singleton
class DueMemberships implements Upkeep {
  private static final int BEFORE_THE_INDEX = 2_900;

  private final Jdbi jdbi;

  DueMemberships(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  void atStart(@Observes @Priority(BEFORE_THE_INDEX) StartupEvent event) {
    keepUp();
  }

  @Scheduled(every = "5m", delay = 5, delayUnit = TimeUnit.MINUTES)
  @Override
  public void keepUp() {
    jdbi.useHandle(
        handle -> {
          handle.execute("call apply_due_memberships()");
          handle.execute("call apply_due_cluster()");
        });
  }
}
