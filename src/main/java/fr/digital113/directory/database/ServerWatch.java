package fr.digital113.directory.database;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Sees when a server hangs: its connections stand, and nothing is answered. It asks a trivial
 * question each second on a connection of its own. A timeout on each connection would have to be
 * longer than the longest statement, which is minutes; so a slow answer is waited for as long as
 * the server lives, and none that hangs.
 */
final class ServerWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ServerWatch.class);

  /** For each wait of the connection that asks, in seconds. */
  static final String PATIENCE = "5";

  private static final long ASKED_EVERY_MILLIS = 1_000;

  /** The pool has connections in the making that hang for a while longer than the server. */
  private static final int TRIES_AFTERWARDS = 5;

  private static final String CONNECTION_LOST = "08006";

  private final Probe probe;
  private final Thread thread;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * Of those who do not wait for a server that hangs, what is in use now, by the pool's wrapper.
   */
  private final Map<Connection, PGConnection> inUse =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private @Nullable Connection connection;
  private boolean isThroughPooler;
  private volatile boolean stopped;

  private volatile boolean hangs;

  /** Whether the last try to connect was not answered: once is no proof, logins may be slow. */
  private boolean isSuspected;

  // Guarded by "this"
  private long asked;
  private long unanswered;

  /** Connects to the server; whatever is asked there is waited for as long as {@link #PATIENCE}. */
  @FunctionalInterface
  interface Probe {
    Connection connect() throws SQLException;
  }

  ServerWatch(String name, Probe probe) {
    this.probe = probe;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** With the first connection: nothing is asked of a server that still starts. */
  private void begin() {
    if (begun.compareAndSet(false, true)) {
      thread.start();
    }
  }

  /** Of a pool: when the server hangs, what is in use is cut off, and there are no new ones. */
  ConnectionFactory impatient(DataSource pool) {
    return new ConnectionFactory() {
      @Override
      public Connection openConnection() throws SQLException {
        begin();
        if (hangs) {
          throw new SQLException("the server hangs", CONNECTION_LOST);
        }
        Connection open = pool.getConnection();
        try {
          inUse.put(open, open.unwrap(PGConnection.class));
        } catch (SQLException | RuntimeException failure) {
          open.close();
          throw failure;
        }
        return open;
      }

      @Override
      public void closeConnection(Connection open) throws SQLException {
        inUse.remove(open);
        open.close();
      }
    };
  }

  /** Of a pool: while the server hangs, they wait. When it is away they fail, as all do. */
  ConnectionFactory patient(DataSource pool) {
    return () -> {
      begin();
      int tries = 1;
      while (true) {
        long before = unanswered();
        try {
          return pool.getConnection();
        } catch (SQLException failure) {
          if (hasHungSince(before)) {
            tries = TRIES_AFTERWARDS;
          } else if (--tries <= 0) {
            throw failure;
          }
        }
      }
    };
  }

  private synchronized long unanswered() {
    return unanswered;
  }

  /**
   * Whether one more question stayed unanswered, up to the next two: the first of them may have
   * been asked long ago.
   */
  private synchronized boolean hasHungSince(long unansweredBefore) throws SQLException {
    long last = asked + 2;
    try {
      while (asked < last && unanswered == unansweredBefore && !stopped) {
        wait();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", CONNECTION_LOST, stop);
    }
    return unanswered > unansweredBefore && !stopped;
  }

  private void run() {
    try {
      while (!stopped) {
        conclude(isFoundHanging());
        Thread.sleep(ASKED_EVERY_MILLIS);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      hangs = false; // nobody would ever say so again
      close();
      forget();
    }
  }

  /** Connections are cut off without the lock: over TLS that may take as long as a write. */
  private void conclude(boolean hangsNow) {
    if (hangsNow && !hangs) {
      LOG.warnf("PostgreSQL hangs: %d connections are cut off", inUse.size());
    } else if (hangs && !hangsNow) {
      LOG.info("PostgreSQL does not hang any more");
    }
    hangs = hangsNow;
    synchronized (this) {
      asked++;
      unanswered += hangsNow ? 1 : 0;
      notifyAll();
    }
    if (hangsNow) {
      List.copyOf(inUse.values()).forEach(ServerWatch::cutOff);
    }
  }

  /** The pool's wrapper would only forget the connection. */
  private static void cutOff(PGConnection hanging) {
    try {
      ((Connection) hanging).abort(Runnable::run);
    } catch (SQLException gone) {
      LOG.debugf("A connection is gone already (%s)", gone.getMessage());
    }
  }

  /**
   * A server that refuses, or is not there, answers in its way: who asks it fails at once. Through
   * a pooler nothing is found out: it lets a question wait while all of its connections are busy.
   */
  private boolean isFoundHanging() {
    boolean wasConnected = connection != null;
    try {
      Connection open = connection;
      if (open == null) {
        open = probe.connect();
        connection = open;
        isThroughPooler = Poolers.isBefore(open);
      }
      try (Statement statement = open.createStatement()) {
        statement.execute("select 1");
      }
      isSuspected = false;
      return false;
    } catch (SQLException failure) {
      forget();
      boolean isSure = wasConnected || isSuspected || hangs;
      isSuspected = isTimeout(failure) && !isThroughPooler;
      return isSuspected && isSure;
    } catch (RuntimeException defect) {
      LOG.error("The watch of PostgreSQL has failed, and goes on", defect);
      forget();
      isSuspected = false;
      return false;
    }
  }

  private static boolean isTimeout(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException || cause instanceof SQLTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private void forget() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.abort(Runnable::run); // close would say goodbye, and wait
      } catch (SQLException gone) {
        LOG.debugf("The connection of the watch is gone (%s)", gone.getMessage());
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    synchronized (this) {
      notifyAll();
    }
  }
}
