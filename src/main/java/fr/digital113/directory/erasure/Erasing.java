package fr.digital113.directory.erasure;

import fr.digital113.directory.web.ProblemException;
import fr.digital113.directory.web.ProblemType;
import fr.digital113.directory.web.Text;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

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

  /** Somebody else holds what is to be locked. Nothing was done; it can be tried again. */
  static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BusyException(Throwable cause) {
      super(cause);
    }
  }

  /**
   * Runs an erasure that does not wait long for others, so that nobody waits long behind it.
   *
   * @throws BusyException when it would have to
   */
  static <T> T orBusy(Supplier<T> erasure) {
    try {
      return erasure.get();
    } catch (JdbiException failure) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
          throw new BusyException(failure);
        }
      }
      throw failure;
    }
  }

  /**
   * Locks, but not against an import, which may be long.
   *
   * @throws ProblemException 409 while a file waits or is imported, as it may bring the person back
   */
  void lockOrRefuse() {
    database.execute("set local lock_timeout = '2s'");
    if (!is("select pg_try_advisory_xact_lock(" + IMPORTS + ")")) {
      throw importing();
    }
    lock(Places.CONTENT);
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
    checkTheLog();
    return scan.counts();
  }

  /**
   * The newest entries were made of the content, which is erased: rewriting them would be wrong.
   */
  private void checkTheLog() {
    Map<String, String> views =
        database
            .createQuery("select type, view::text as view from aggregate_type")
            .collectRows(
                Collectors.toMap(
                    row -> row.getColumn("type", String.class),
                    row -> row.getColumn("view", String.class)));
    views.forEach(
        (type, view) -> {
          checkTheLog("audit_image", type, view + " v", "v.document");
          checkTheLog("public_change", type, view + " v", "v.public_document");
        });
  }

  private void checkTheLog(String log, String type, String view, String document) {
    List<String> different =
        database
            .createQuery(
                """
                select l.id from (
                  select distinct on (w.id) n.id, n.document, n.xmin = pg_current_xact_id()::xid as written
                  from (select distinct id from %1$s where type = :type and xmin = pg_current_xact_id()::xid) w
                  join %1$s n on n.type = :type and n.id = w.id
                  order by w.id, n.revision desc) l
                left join %2$s on v.id = l.id
                where l.written and l.document is distinct from %3$s limit 20
                """
                    .formatted(log, view, document))
            .bind("type", type)
            .mapTo(String.class)
            .list();
    if (!different.isEmpty()) {
      throw new IllegalStateException(
          "%s would differ from the content in %s %s: nothing was erased"
              .formatted(log, type, different));
    }
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

  /** What is told when it stays busy. */
  static ProblemException busy() {
    return new ProblemException(
        ProblemType.CONFLICT,
        new Text(
            "D'autres écritures durent encore ; rien n'a été effacé, réessayez dans une minute.",
            "Other writes are still going on; nothing was erased, try again in a minute."));
  }

  private static ProblemException importing() {
    return new ProblemException(
        ProblemType.CONFLICT,
        new Text(
            "Un fichier attend ou est en cours d'import et pourrait ramener la personne, ou un autre effacement est en cours ; réessayez ensuite.",
            "A file waits or is being imported and could bring the person back, or another erasure is running; try again after it."));
  }
}
