package fr.digital113.directory.index;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Keeps the index behind the log by at most half a second: woken by PostgreSQL's notification, with
 * a poll behind it in case one is lost. While the database is away it tries again and the last
 * snapshot goes on being read.
 */
@Singleton
public class IndexFollower {
  /**
   * Content must be in the database before the index is opened: reference and demonstration data
   * load earlier.
   */
  public static final int START_PRIORITY = 3_000;

  private static final Logger LOG = Logger.getLogger(IndexFollower.class);
  private static final int POLL_MILLIS = 500;
  private static final int HUNG_MILLIS = 5_000;
  private static final int STOP_MILLIS = 5_000;

  private final DirectoryIndex index;
  private final DataSource dataSource;
  private volatile boolean stopped;
  private volatile long lastRead = System.nanoTime();
  private volatile boolean databaseUp = true;
  private @Nullable Thread thread;

  IndexFollower(DirectoryIndex index, DataSource dataSource) {
    this.index = index;
    this.dataSource = dataSource;
  }

  void start(@Observes @Priority(START_PRIORITY) StartupEvent event) {
    index.open();
    Thread follower = new Thread(this::run, "index-follower");
    follower.setDaemon(true);
    follower.start();
    thread = follower;
  }

  /**
   * Waits for the thread without interrupting it: an interrupt would close Lucene's files under it.
   */
  void stop(@Observes ShutdownEvent event) throws IOException, InterruptedException {
    stopped = true;
    if (thread != null) {
      thread.join(STOP_MILLIS);
      if (thread.isAlive()) {
        LOG.warn("The database does not answer; the index is left as of its last commit");
        return;
      }
    }
    index.close();
  }

  /** Whether the log was read lately: a server that hangs counts as away. */
  public boolean isDatabaseUp() {
    return databaseUp && System.nanoTime() - lastRead < TimeUnit.MILLISECONDS.toNanos(HUNG_MILLIS);
  }

  private void run() {
    while (!stopped) {
      try (Connection connection = dataSource.getConnection()) {
        follow(connection);
      } catch (SQLException | ConnectionException away) {
        away(away);
      } catch (RuntimeException | Error failure) {
        // The thread must live: without it the index would silently stay behind.
        LOG.error("The index could not follow the change log", failure);
      }
      pause();
    }
  }

  private void follow(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN directory_revision");
      try {
        PGConnection notifications = connection.unwrap(PGConnection.class);
        while (!stopped) {
          index.catchUp();
          lastRead = System.nanoTime();
          if (!databaseUp) {
            databaseUp = true;
            LOG.info("The database is back; the index follows again");
          }
          notifications.getNotifications(POLL_MILLIS);
        }
      } finally {
        if (!connection.isClosed()) {
          statement.execute("UNLISTEN *"); // the pool hands the connection to others
        }
      }
    }
  }

  private void away(Exception reason) {
    if (databaseUp && !stopped) {
      databaseUp = false;
      LOG.warnf("The database is away; reads go on from the index (%s)", reason.getMessage());
    }
  }

  private void pause() {
    try {
      if (!stopped) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
