package fr.digital113.directory.editing;

import fr.digital113.directory.access.Caller;
import fr.digital113.directory.index.DirectoryIndex;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Runs each write in one transaction in the name of its caller, again when the database asks for
 * it. When it returns, readers of this process see what was written, unless the index fails.
 */
@Singleton
public class Writes {
  private static final Logger LOG = Logger.getLogger(Writes.class);

  /** Tells the revision that a write took. */
  public static final String REVISION = "Directory-Revision";

  /** Serialisation failure and deadlock: nothing is wrong with the work, only with the moment. */
  private static final Set<String> AGAIN = Set.of("40001", "40P01");

  /** How long a write waits for others, an import or an erasure say; it holds a connection. */
  private static final String PATIENCE = "10s";

  /** How long what is written already waits until readers of this process see it. */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);

  private static final int MOST_TRIES = 5;
  private static final int LONGEST_PAUSE_MILLIS = 50;

  private final Jdbi jdbi;
  private final DirectoryIndex index;

  Writes(Jdbi jdbi, DirectoryIndex index) {
    this.jdbi = jdbi;
    this.index = index;
  }

  /** What a write does; it may run several times, each in a transaction of its own. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Handle database);
  }

  /**
   * What came of a write.
   *
   * @param revision the revision that it took; without a net change the newest there is
   * @param isShown whether readers of this process see it; not while the index fails
   */
  public record Written<T>(T result, long revision, boolean isShown) {}

  private record Attempt<T>(T result, String transaction) {}

  private record Committed<T>(T result, long revision) {}

  /**
   * Writes.
   *
   * @throws fr.digital113.directory.web.ProblemException when a rule of the content stands against
   *     it
   */
  public <T> Written<T> run(Caller caller, Work<T> work) {
    for (int tries = 1; ; tries++) {
      try {
        Committed<T> done = jdbi.withHandle(database -> commit(database, caller, work));
        return new Written<>(done.result(), done.revision(), isShown());
      } catch (JdbiException failure) {
        SQLException cause = sqlCause(failure);
        String state = cause == null ? null : cause.getSQLState(); // none from the pool
        if (state == null || !AGAIN.contains(state) || tries == MOST_TRIES) {
          throw Refusals.of(cause, failure);
        }
        pause();
      }
    }
  }

  /**
   * What is committed is acknowledged, also while the index cannot be written, for a full disk, or
   * is busy with a large import.
   */
  private boolean isShown() {
    try {
      return index.catchUp(SHOWN_WITHIN);
    } catch (RuntimeException later) {
      LOG.warnf("A write is shown once the index can be written again (%s)", later.getMessage());
      return false;
    }
  }

  /** On one connection: another might not be had any more, and what is committed be refused. */
  private static <T> Committed<T> commit(Handle database, Caller caller, Work<T> work) {
    Attempt<T> done = database.inTransaction(open -> attempt(open, caller, work));
    return new Committed<>(done.result(), revision(database, done.transaction()));
  }

  private static <T> Attempt<T> attempt(Handle database, Caller caller, Work<T> work) {
    String transaction =
        database
            .createQuery(
                "select pg_current_xact_id()::text from act_as(:actor), set_config('lock_timeout', :patience, true)")
            .bind("actor", caller.actor())
            .bind("patience", PATIENCE)
            .mapTo(String.class)
            .one();
    return new Attempt<>(work.in(database), transaction);
  }

  private static long revision(Handle database, String transaction) {
    return database
        .createQuery(
            """
            select coalesce((select revision from revision where transaction = :transaction::xid8),
                            (select max(revision) from revision), 0)
            """)
        .bind("transaction", transaction)
        .mapTo(Long.class)
        .one();
  }

  static @Nullable SQLException sqlCause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
