package fr.digital113.directory.database;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the database up to this program, before anything else uses it. */
class Migration {
  private static final Set<MigrationState> FROM_A_NEWER_PROGRAM =
      Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  /** Refuses a newer database: Flyway would go on, and the program would misread it. */
  void migrate(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start,
      Flyway pooled,
      DirectDatabase direct) {
    Flyway flyway = direct.of(pooled);
    MigrationInfo[] applied = flyway.info().applied();
    Stream.of(applied)
        .filter(migration -> FROM_A_NEWER_PROGRAM.contains(migration.getState()))
        .reduce((first, second) -> second)
        .ifPresent(
            newest -> {
              // Of this exception Quarkus prints the message alone, and exits.
              throw new ConfigurationException(
                  "The database is newer than this program: it is at version %s. Run a newer program, or restore a backup made before the upgrade."
                      .formatted(newest.getVersion()));
            });
    flyway.migrate();
  }
}
