package fr.digital113.directory.changes;

import fr.digital113.directory.database.Snapshots;
import fr.digital113.directory.database.Standby;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Chooses where to read what takes long and need not be of this very moment: from the standby when
 * it has all that the reader was promised, else from the primary.
 */
@Singleton
public class StandbyReads {
  /**
   * A server that has been promoted is read as any primary, and one that follows another history
   * has given the number to another commit.
   */
  private static final String HAS_ARRIVED =
      """
      select pg_is_in_recovery() and (select id::text from epoch) = :epoch
        and (:revision = 0 or exists (select from revision where revision = :revision and committed_at = :committedAt))
        and (select count(*) from personal_erasure) >= :erasures
      """;

  private final Jdbi primary;
  private final Standby standby;

  StandbyReads(Jdbi primary, Standby standby) {
    this.primary = primary;
    this.standby = standby;
  }

  /** Whether there may be another place than the primary. */
  boolean isConfigured() {
    return standby.isConfigured();
  }

  /**
   * Runs {@code reader} on one read-only snapshot of the database which has at least what was
   * promised. It may run again, on the primary, when the standby fails in the middle.
   */
  public <T> T atLeast(LogPosition promised, Function<Handle, T> reader) {
    return standby
        .read(
            database ->
                has(database, promised) ? Optional.of(reader.apply(database)) : Optional.empty())
        .orElseGet(() -> Snapshots.read(primary, reader));
  }

  private static boolean has(Handle database, LogPosition promised) {
    return database
        .createQuery(HAS_ARRIVED)
        .bind("epoch", promised.epoch())
        .bind("revision", promised.revision())
        .bind("committedAt", promised.committedAt())
        .bind("erasures", promised.erasures())
        .mapTo(Boolean.class)
        .one();
  }
}
