package fr.digital113.directory.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Waits until PostgreSQL tells something on a channel, or a time is over. To listen is a matter of
 * a session: through a pooler, or while the connection is away, the time is all there is. For one
 * thread.
 */
public final class Notifications implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Notifications.class);
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final DirectDatabase database;
  private final String channel;
  private @Nullable Connection connection;
  private long nextTry = System.nanoTime();
  private boolean pooled;

  Notifications(DirectDatabase database, String channel) {
    this.database = database;
    this.channel = channel;
  }

  /**
   * Waits. Returns at once when listening has just begun, as something may have been told before.
   */
  public void await(int millis) throws InterruptedException {
    if (connection == null && !pooled && System.nanoTime() - nextTry >= 0) {
      listen();
      if (connection != null) {
        return;
      }
    }
    Connection open = connection;
    if (open == null) {
      Thread.sleep(millis);
      return;
    }
    try {
      open.unwrap(PGConnection.class).getNotifications(millis);
    } catch (SQLException lost) {
      LOG.debugf("Notifications are lost (%s)", lost.getMessage());
      close();
      nextTry = System.nanoTime();
      Thread.sleep(millis);
    }
  }

  private void listen() {
    nextTry = System.nanoTime() + AGAIN_NANOS;
    try {
      Connection open = database.connect();
      connection = open;
      if (Poolers.isBefore(open)) {
        LOG.info(
            "The database is behind a pooler: changes of others are asked for, twice a second. DIRECTORY_DATABASE_DIRECT_URL lets PostgreSQL tell them");
        pooled = true;
        connection = null;
        open.close();
        return;
      }
      try (Statement statement = open.createStatement()) {
        statement.execute("listen " + channel);
      }
    } catch (SQLException away) {
      LOG.debugf("Notifications wait (%s)", away.getMessage());
      close();
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open == null) {
      return;
    }
    try (open) {
      if (!open.isClosed()) {
        try (Statement statement = open.createStatement()) {
          statement.execute("unlisten *"); // the pool hands the connection to others
        }
      }
    } catch (SQLException gone) {
      LOG.debugf("A connection that listened is gone (%s)", gone.getMessage());
    }
  }
}
