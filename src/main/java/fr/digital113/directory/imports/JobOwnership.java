package fr.digital113.directory.imports;

import fr.digital113.directory.database.ForJobs;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Shows other processes that the jobs of this one are alive: an advisory lock for each, in one
 * transaction that stays open while there are any, and that PostgreSQL ends when the process is
 * gone. Locks of a session would be lost, or given to others, by a pooler.
 */
@ApplicationScoped
class JobOwnership {
  private static final Logger LOG = Logger.getLogger(JobOwnership.class);

  /** SQL of the lock of a job; the parameter is its id as text. */
  static final String KEY = "hashtextextended('import job ' || ?, 0)";

  /** No question of here takes PostgreSQL more than a moment. */
  private static final int MOST_MILLIS = 10_000;

  private final Jdbi jdbi;
  private final Set<UUID> mine = new HashSet<>();

  /** Those of mine whose lock this process has. */
  private final Set<UUID> held = new HashSet<>();

  private @Nullable Handle connection;

  JobOwnership(@ForJobs Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  synchronized void take(UUID job) {
    Handle open = live();
    mine.add(job);
    lock(open, job);
  }

  synchronized boolean isMine(UUID job) {
    return mine.contains(job);
  }

  synchronized void release(UUID job) {
    mine.remove(job);
    held.remove(job); // its lock stays until the others are over as well, and nobody asks for it
    if (mine.isEmpty()) {
      close();
    }
  }

  /**
   * Takes the locks that are missing: the connection was lost, or another still has them. To be
   * called again and again, as PostgreSQL may see the end of a lost connection late.
   */
  synchronized void keep() {
    if (!mine.isEmpty()) {
      Handle open = live();
      mine.stream().filter(job -> !held.contains(job)).forEach(job -> lock(open, job));
    }
  }

  private Handle live() {
    if (connection != null) {
      try {
        connection.execute("select 1");
        return connection;
      } catch (JdbiException lost) {
        LOG.debug("The locks were lost with their connection", lost);
        close();
      }
    }
    Handle fresh = jdbi.open();
    try { // whoever waits for this has no other bound, and what is lost is taken again
      fresh.getConnection().setNetworkTimeout(Runnable::run, MOST_MILLIS);
      fresh.begin();
    } catch (SQLException | JdbiException gone) { // without a transaction a lock would hold nothing
      fresh.close();
      throw gone instanceof SQLException sql ? new ConnectionException(sql) : (JdbiException) gone;
    }
    connection = fresh;
    return fresh;
  }

  private void lock(Handle connection, UUID job) {
    if (connection
        .createQuery("select pg_try_advisory_xact_lock(" + KEY + ")")
        .bind(0, job.toString())
        .mapTo(Boolean.class)
        .one()) {
      held.add(job);
    } else {
      LOG.infof("Import job %s: another connection has its lock still", job);
    }
  }

  private void close() {
    held.clear();
    Handle open = connection;
    connection = null;
    if (open == null) {
      return;
    }
    try (open) {
      open.rollback();
      open.getConnection().setNetworkTimeout(Runnable::run, 0); // it goes back to a pool
    } catch (JdbiException | SQLException lost) {
      LOG.debug("The locks were lost with their connection", lost);
    }
  }
}
