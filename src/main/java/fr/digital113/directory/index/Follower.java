package fr.digital113.directory.index;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Keeps one index behind the log by at most half a second: woken by PostgreSQL's notification, with
 * a poll behind it in case one is lost. While the database is away it tries again and the last
 * snapshot goes on being read.
 */
final class Follower {
  private static final Logger LOG = Logger.getLogger(Follower.class);
  private static final int POLL_MILLIS = 500;
  private static final int HUNG_MILLIS = 5_000;
  private static final int STOP_MILLIS = 5_000;

  private final FollowedIndex index;
  private final DataSource dataSource;
  private final CountDownLatch wanted;
  private volatile boolean stopped;
  private volatile long lastRead = System.nanoTime();
  private volatile boolean databaseUp = true;
  private @Nullable Thread thread;

  /**
   * @param wanted it begins, with a connection of its own, when this has reached zero
   */
  Follower(FollowedIndex index, DataSource dataSource, CountDownLatch wanted) {
    this.index = index;
    this.dataSource = dataSource;
    this.wanted = wanted;
  }

  void start(String name) {
    Thread follower = new Thread(this::run, name);
    follower.setDaemon(true);
    follower.start();
    thread = follower;
  }

  /**
   * Waits for the thread without interrupting it: an interrupt would close Lucene's files under it.
   */
  void stop() throws IOException, InterruptedException {
    stopped = true;
    wanted.countDown();
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
  boolean isDatabaseUp() {
    return databaseUp && System.nanoTime() - lastRead < TimeUnit.MILLISECONDS.toNanos(HUNG_MILLIS);
  }

  private void run() {
    try {
      wanted.await();
    } catch (InterruptedException stop) {
      return;
    }
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
        if (!index.isOpen()) {
          index.open();
        }
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
