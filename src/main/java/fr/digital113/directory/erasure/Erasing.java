package fr.digital113.directory.erasure;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * One erasure in its transaction. It holds every table that is searched, so that nobody writes the
 * person back behind it: content first, then the gate of the log, then the log, which is the order
 * in which all others take them.
 */
final class Erasing {
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String IMPORTS = "hashtextextended('directory imports', 0)"; // as ImportRun

  private final Handle database;

  Erasing(Handle database) {
    this.database = database;
  }

  /**
   * Locks, but not against an import, which may be long.
   *
   * @throws ProblemException 409 while a file waits or is imported, as it may bring the person back
   */
  void lockOrRefuse() {
    database.execute("set local lock_timeout = '20s'");
    if (!is("select pg_try_advisory_xact_lock(" + IMPORTS + ")")) {
      throw importing();
    }
    try {
      lock(Places.CONTENT);
    } catch (UnableToExecuteStatementException failure) {
      if (failure.getCause() instanceof SQLException cause
          && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
        throw new ProblemException(
            ProblemType.CONFLICT,
            new Text(
                "D'autres écritures durent encore ; réessayez dans une minute.",
                "Other writes are still going on; try again in a minute."));
      }
      throw failure;
    }
    if (is("select exists (select from import_job where status in ('queued', 'running'))")) {
      throw importing();
    }
  }

  /** Locks, however long that takes. */
  void lock() {
    database.execute("select pg_advisory_xact_lock(" + IMPORTS + ")");
    lock(Places.CONTENT);
  }

  /** Takes the person out of the content and of the log, and says where it was found. */
  Map<String, Long> erase(Finder finder, ErasureKey key) {
    Scan scan = new Scan(database, finder);
    scan.erase(Places.CONTENT, key);
    database.execute("lock table revision_gate in exclusive mode");
    database.execute("set constraints all immediate"); // the log takes the content as it is now
    lock(Places.LOG);
    scan.erase(Places.LOG, key);
    return scan.counts();
  }

  private void lock(List<Place> places) {
    database.execute(
        "lock table "
            + String.join(", ", Places.searchedTables(places))
            + " in share row exclusive mode");
  }

  private boolean is(String query) {
    return database.createQuery(query).mapTo(Boolean.class).one();
  }

  private static ProblemException importing() {
    return new ProblemException(
        ProblemType.CONFLICT,
        new Text(
            "Un fichier attend ou est en cours d'import et pourrait ramener la personne, ou un autre effacement est en cours ; réessayez ensuite.",
            "A file waits or is being imported and could bring the person back, or another erasure is running; try again after it."));
  }
}
