package fr.digital113.directory.database;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Queries whose rows are taken a few at a time, within a transaction. */
public final class Cursors {
  private Cursors() {}

  /**
   * A query that is read in windows of so many rows.
   *
   * <p>The driver names the statement of such a query even when it is told to name none, as behind
   * a pooler (pgjdbc issue 869). There the name may be taken on the server by another process, or
   * be known to this connection from a server that it does not have now; so all are forgotten
   * first.
   */
  public static Query query(Handle database, String sql, int rows) {
    if (isPooled(database)) {
      database.execute("deallocate all");
    }
    return database.createQuery(sql).setFetchSize(rows);
  }

  private static boolean isPooled(Handle database) {
    try {
      return Poolers.namesNoStatements(database.getConnection());
    } catch (SQLException impossible) {
      throw new IllegalStateException("a connection that is not PostgreSQL's", impossible);
    }
  }
}
