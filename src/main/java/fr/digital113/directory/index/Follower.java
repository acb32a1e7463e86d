package fr.digital113.directory.index;

import fr.digital113.directory.database.DirectDatabase;
import fr.digital113.directory.database.Notifications;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

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
  private final DirectDatabase database;
  private final CountDownLatch wanted;
  private volatile boolean stopped;
  private volatile long lastRead = System.nanoTime();
  private volatile boolean databaseUp = true;
  private @Nullable Thread thread;

  /**
   * @param wanted it begins, with a connection of its own, when this has reached zero
   */
  Follower(FollowedIndex index, DirectDatabase database, CountDownLatch wanted) {
    this.index = index;
    this.database = database;
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
    try (Notifications commits = database.listen("directory_revision")) {
      wanted.await();
      while (!stopped) {
        follow();
        commits.await(POLL_MILLIS);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try {
      if (!index.isOpen()) {
        index.open();
      }
      index.catchUp();
      lastRead = System.nanoTime();
      if (!databaseUp) {
        databaseUp = true;
        LOG.info("The database is back; the index follows again");
      }
    } catch (ConnectionException away) {
      away(away);
    } catch (RuntimeException | Error failure) {
      // The thread must live: without it the index would silently stay behind.
      LOG.error("The index could not follow the change log", failure);
    }
  }

  private void away(ConnectionException reason) {
    if (databaseUp && !stopped) {
      databaseUp = false;
      LOG.warnf("The database is away; reads go on from the index (%s)", reason.getMessage());
    }
  }
}
