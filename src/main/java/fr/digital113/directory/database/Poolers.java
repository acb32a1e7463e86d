package fr.digital113.directory.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Whether there is a pooler such as PgBouncer between this program and PostgreSQL. */
final class Poolers {
  private Poolers() {}

  /** A pooler makes up the process id that it tells its clients; PostgreSQL tells its own. */
  static boolean isBefore(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement();
        ResultSet row = sql.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID();
    }
  }

  /** Whether its URL says {@code prepareThreshold=0}, as one through a pooler must. */
  static boolean namesNoStatements(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getPrepareThreshold() == 0;
  }
}
