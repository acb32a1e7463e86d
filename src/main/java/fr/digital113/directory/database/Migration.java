package fr.digital113.directory.database;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jboss.logging.Logger;

/**
 * Brings the database up to this program, before anything else uses it; or, where {@code migrate}
 * does that, waits for it.
 */
class Migration {
  private static final Logger LOG = Logger.getLogger(Migration.class);
  private static final Set<MigrationState> FROM_A_NEWER_PROGRAM =
      Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);
  private static final long POLL_MILLIS = 500;

  /** How the description of a migration begins that takes away what older programs use. */
  private static final String CONTRACTION = "contract ";

  void migrate(
      @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start,
      Flyway pooled,
      DirectDatabase direct,
      DirectorySettings settings) {
    awaitServer();
    Flyway flyway = direct.of(pooled);
    boolean migrates = settings.mode() == ProgramMode.MIGRATE;
    boolean alone = settings.mode() == ProgramMode.SERVE && settings.migrateAtStart();
    boolean newer = isNewer(flyway, alone);
    if (!newer && (migrates || alone)) {
      flyway.migrate();
    } else {
      // The others have their next turn; a server is started to stay
      awaitMigrated(
          flyway,
          settings.mode() == ProgramMode.SERVE ? settings.migrationPatience() : Duration.ZERO);
    }
    if (migrates) {
      throw ProgramMode.done(
          "The database is at version %s.".formatted(flyway.info().current().getVersion()));
    }
  }

  private static void awaitServer() {
    try {
      EmbeddedDatabase.awaitOfThisProcess();
    } catch (StartupFailure failure) {
      // Of this exception Quarkus prints the message alone, and exits.
      throw new ConfigurationException(failure.getMessage());
    }
  }

  /**
   * Refuses a newer database, which the program would misread. Where processes are replaced one by
   * one, or by the version before, the older ones go on as long as the newer migrations only add.
   */
  private static boolean isNewer(Flyway flyway, boolean alone) {
    List<MigrationInfo> newer =
        Arrays.stream(flyway.info().applied())
            .filter(migration -> FROM_A_NEWER_PROGRAM.contains(migration.getState()))
            .toList();
    if (newer.isEmpty()) {
      return false;
    }
    Object version = newer.get(newer.size() - 1).getVersion();
    if (alone || newer.stream().anyMatch(Migration::takesAway)) {
      throw new ConfigurationException(
          "The database is newer than this program: it is at version %s. Run a newer program, or restore a backup made before the upgrade."
              .formatted(version));
    }
    LOG.warnf(
        "The database is at version %s, which a newer program made; its migrations only add",
        version);
    return true;
  }

  private static boolean takesAway(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_FAILED
        || migration.getDescription().startsWith(CONTRACTION);
  }

  private static void awaitMigrated(Flyway flyway, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean told = false;
    for (int missing = pending(flyway); missing > 0; missing = pending(flyway)) {
      if (System.nanoTime() >= deadline) {
        throw new ConfigurationException(
            "The database is older than this program: %d migrations are missing. Run this program with the argument migrate, or set DIRECTORY_MIGRATE_AT_START to true."
                .formatted(missing));
      }
      if (!told) {
        LOG.infof("Waiting for the database to be migrated: %d migrations are missing", missing);
        told = true;
      }
      pause();
    }
  }

  private static int pending(Flyway flyway) {
    return flyway.info().pending().length;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new ConfigurationException("The start was interrupted.");
    }
  }
}
