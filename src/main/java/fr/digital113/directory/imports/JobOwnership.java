package fr.digital113.directory.imports;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Shows other processes that the jobs of this one are alive: an advisory lock for each, on one
 * connection, which PostgreSQL gives back when the process is gone.
 */
@ApplicationScoped
class JobOwnership {
  private static final Logger LOG = Logger.getLogger(JobOwnership.class);

  /** SQL of the lock of a job; the parameter is its id as text. */
  static final String KEY = "hashtextextended('import job ' || ?, 0)";

  private final Jdbi jdbi;
  private final Set<UUID> mine = new HashSet<>();
  private @Nullable Handle connection;

  JobOwnership(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  synchronized void take(UUID job) {
    lock(live(), job);
    mine.add(job);
  }

  synchronized boolean isMine(UUID job) {
    return mine.contains(job);
  }

  synchronized void release(UUID job) {
    mine.remove(job);
    Handle open = connection;
    if (open == null) {
      return;
    }
    try {
      open.execute("select pg_advisory_unlock(" + KEY + ")", job.toString());
    } catch (JdbiException lost) {
      LOG.debug("The locks were lost with their connection", lost);
      close();
      return;
    }
    if (mine.isEmpty()) {
      close();
    }
  }

  /** Takes the locks again after the connection was lost. */
  synchronized void keep() {
    if (!mine.isEmpty()) {
      live();
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
    connection = fresh;
    mine.forEach(job -> lock(fresh, job));
    return fresh;
  }

  private static void lock(Handle connection, UUID job) {
    connection.execute("select pg_try_advisory_lock(" + KEY + ")", job.toString());
  }

  private void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
