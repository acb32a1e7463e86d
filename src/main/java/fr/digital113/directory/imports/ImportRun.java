package fr.digital113.directory.imports;

import fr.digital113.directory.database.ForJobs;
import fr.digital113.directory.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Loads one file in one transaction: all of it or nothing. One file at a time per database. */
@ApplicationScoped
class ImportRun {
  private static final Logger LOG = Logger.getLogger(ImportRun.class);
  private static final int ATTEMPTS = 3;

  /** What another writer at the same time may cause, and a second look settles. */
  private static final Set<String> WORTH_ANOTHER_TRY =
      Set.of("40001", "40P01", "23505", "23503", "23P01");

  private final Jdbi jdbi;

  ImportRun(@ForJobs Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The file and how to load it. */
  record Load(ImportKind kind, Path file, String fileName, ImportOptions options, boolean dryRun) {}

  /** What the caller does at the edges of the transaction. */
  interface Edges {
    /** Once it is this load's turn. */
    void started();

    /** Last of all in the transaction; not called in a dry run. */
    void beforeCommit(Handle database);
  }

  /** A load that failed; nothing of the file was kept. */
  static final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Text reason;

    FailedException(Text reason, @Nullable Throwable cause) {
      super(reason.en(), cause);
      this.reason = reason;
    }

    Text reason() {
      return reason;
    }
  }

  /**
   * @throws FailedException with a reason for people
   */
  void run(Load load, CountingReport report, Edges edges) {
    boolean[] started = new boolean[1];
    for (int attempt = 1; ; attempt++) {
      try {
        attempt(load, report, edges, started);
        return;
      } catch (UnreadableFileException unreadable) {
        throw new FailedException(unreadable.detail(), unreadable);
      } catch (FailedException given) {
        throw given;
      } catch (RuntimeException | IOException | SQLException e) {
        SQLException cause = sqlCause(e);
        String state = cause == null ? null : cause.getSQLState();
        if (attempt == ATTEMPTS || state == null || !WORTH_ANOTHER_TRY.contains(state)) {
          FailedException failed = new FailedException(reason(cause), e);
          if (isConnectionLost(state)) {
            LOG.warnf("Import of %s failed: %s", load.fileName(), failed.getMessage());
          } else {
            LOG.errorf(e, "Import of %s failed", load.fileName());
          }
          throw failed;
        }
        LOG.infof("Import of %s starts again (SQLSTATE %s)", load.fileName(), state);
        report.restart();
      }
    }
  }

  private void attempt(Load load, CountingReport report, Edges edges, boolean[] started)
      throws IOException, SQLException {
    try (Handle database = jdbi.open()) {
      database.begin();
      try (Table table = Tables.open(load.file(), load.fileName())) {
        database.execute("set transaction isolation level read committed");
        database.execute("select pg_advisory_xact_lock(hashtextextended('directory imports', 0))");
        if (!started[0]) {
          edges.started();
          started[0] = true;
        }
        database.execute("select act_as(?)", load.options().actor());
        load.kind().run(database, table, load.options(), report);
        if (load.dryRun()) {
          // Deferred rules speak now, as they would at commit.
          database.execute("set constraints all immediate");
          database.rollback();
        } else {
          edges.beforeCommit(database);
          database.commit();
        }
      } finally {
        if (!database.isClosed() && database.isInTransaction()) {
          rollback(database);
        }
      }
    }
  }

  // A connection that is lost rolls back by itself; the first failure is the one to tell.
  private static void rollback(Handle database) {
    try {
      database.rollback();
    } catch (RuntimeException lost) {
      LOG.debug("Rollback on a lost connection", lost);
    }
  }

  private static @Nullable SQLException sqlCause(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql;
      }
    }
    return null;
  }

  private static boolean isConnectionLost(@Nullable String state) {
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  private static Text reason(@Nullable SQLException cause) {
    String state = cause == null ? null : cause.getSQLState();
    if (state == null) {
      return new Text(
          "Erreur inattendue ; rien du fichier n'a été gardé.",
          "Unexpected error; nothing of the file was kept.");
    }
    if (isConnectionLost(state)) {
      return new Text(
          "La base de données s'est arrêtée ; rien du fichier n'a été gardé.",
          "The database went away; nothing of the file was kept.");
    }
    if (state.equals("53100")) {
      return new Text(
          "Le disque de la base de données est plein ; rien du fichier n'a été gardé.",
          "The disk of the database is full; nothing of the file was kept.");
    }
    ServerErrorMessage details =
        cause instanceof PSQLException server ? server.getServerErrorMessage() : null;
    String constraint = details == null ? null : details.getConstraint();
    return new Text(
            "La base de données a refusé le contenu (%s) ; rien du fichier n'a été gardé.",
            "The database refused the content (%s); nothing of the file was kept.")
        .with(constraint == null ? state : constraint);
  }
}
