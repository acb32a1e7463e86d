package fr.digital113.directory.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The program's own PostgreSQL, for when none is configured. It listens on the loopback address
 * only, on a port that is new at each start, and lets nobody in without a password. The program
 * itself uses a role that is not a superuser.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String SUPERUSER = "postgres";
  private static final String NAME = "directory"; // of the database, and of the role that owns it
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The one of this process that starts, for who needs it; nothing where it has none. */
  private static volatile CompletableFuture<Void> ofThisProcess =
      CompletableFuture.completedFuture(null);

  private final DataFolder dataFolder;
  private CompletableFuture<Void> started = CompletableFuture.completedFuture(null);
  private @Nullable PostgresCluster running;

  /** The database in a data folder that this process has locked. */
  public EmbeddedDatabase(DataFolder dataFolder) {
    this.dataFolder = dataFolder;
  }

  /**
   * Starts the server, making the database first where there is none.
   *
   * @return the settings that make the program use it
   * @throws StartupFailure with the reason and the log to look at
   */
  public Map<String, String> start() {
    Map<String, String> settings = begin();
    await(started);
    return settings;
  }

  /**
   * The same, and returns while the server still starts: {@link #awaitOfThisProcess} waits for it.
   *
   * @throws StartupFailure where the database cannot be made
   */
  public synchronized Map<String, String> begin() {
    Path folder = dataFolder.postgresql();
    try {
      PostgresCluster cluster = new PostgresCluster(PostgresPrograms.in(folder), folder);
      Path passwordFile = folder.resolve("superuser.password");
      if (cluster.exists()) {
        cluster.clearAfterKill();
      } else {
        requireNoHalfRestore(folder);
        createSecret(passwordFile);
        cluster.initialise(SUPERUSER, passwordFile);
      }
      running = cluster;
      int port = LoopbackPort.free();
      cluster.listenOn(port);
      String password = newSecret();
      started =
          CompletableFuture.runAsync(
              () -> start(cluster, port, passwordFile, password),
              task -> new Thread(task, "postgresql-start").start());
      ofThisProcess = started;
      return Map.of(
          "quarkus.datasource.jdbc.url",
          "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, NAME),
          "quarkus.datasource.username",
          NAME,
          "quarkus.datasource.password",
          password,
          "directory.embedded-database",
          "true");
    } catch (IOException e) {
      throw failure(folder, StartupFailure.reason(e));
    }
  }

  private void start(PostgresCluster cluster, int port, Path passwordFile, String password) {
    try {
      cluster.start();
      prepare(port, Files.readString(passwordFile).strip(), password);
    } catch (IOException | SQLException e) {
      throw failure(dataFolder.postgresql(), StartupFailure.reason(e));
    }
  }

  /**
   * Waits until the database of this process takes connections, if it has one of its own.
   *
   * @throws StartupFailure with the reason and the log to look at
   */
  static void awaitOfThisProcess() {
    await(ofThisProcess);
  }

  private static void await(CompletableFuture<Void> started) {
    try {
      started.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StartupFailure failure ? failure : e;
    }
  }

  /** An empty database in the place of the one that was to come back would be taken for it. */
  private void requireNoHalfRestore(Path folder) {
    Path mark = dataFolder.restored();
    if (Files.exists(mark)) {
      throw new StartupFailure(
          "The restore of a backup into %s was not finished. Run it again, or delete %s to begin with an empty database."
              .formatted(folder, mark));
    }
  }

  private static StartupFailure failure(Path folder, String reason) {
    return new StartupFailure(
        "The database in %s cannot be started (%s). The logs are in that folder."
            .formatted(folder, reason));
  }

  /** Stops the server cleanly, once it has started; waits until all is on disk. */
  @Override
  public synchronized void close() throws IOException {
    if (running != null) {
      started.handle((whole, failure) -> null).join(); // why it failed is told by who waited for it
      running.stop();
      running = null;
    }
  }

  /**
   * Makes the role and the database where missing. The role's password lasts until the next start.
   */
  private static void prepare(int port, String superuserPassword, String password)
      throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName("postgres");
    source.setUser(SUPERUSER);
    source.setPassword(superuserPassword);
    try (Connection connection = source.getConnection();
        Statement sql = connection.createStatement()) {
      if (isMissing(sql, "select from pg_roles where rolname = '%s'".formatted(NAME))) {
        sql.execute("create role %s login".formatted(NAME));
      }
      sql.execute("alter role %s password '%s'".formatted(NAME, password));
      if (isMissing(sql, "select from pg_database where datname = '%s'".formatted(NAME))) {
        sql.execute("create database %s owner %s".formatted(NAME, NAME));
      }
    }
  }

  private static boolean isMissing(Statement sql, String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      return !rows.next();
    }
  }

  private static void createSecret(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(file, DataFolder.ownerOnly(file, "rw-------"));
    Files.writeString(file, newSecret() + "\n");
  }

  private static String newSecret() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
