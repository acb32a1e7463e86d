package fr.digital113.directory.imports.sirene;

import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Sends rows to a table with COPY, about a megabyte at a time: memory stays flat, and between two
 * batches the connection is free for others.
 */
final class CopyBatch {
  private static final int BATCH_CHARS = 1 << 20;

  private final Handle database;
  private final String sql;
  private final StringBuilder text = new StringBuilder(BATCH_CHARS + 4096);

  CopyBatch(Handle database, String table, List<String> columns) {
    this.database = database;
    this.sql = "copy " + table + " (" + String.join(", ", columns) + ") from stdin";
  }

  /** Adds a row; the values in the order of the columns. */
  void add(@Nullable Object... values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : "\t");
      Object value = values[i];
      if (value == null) {
        text.append("\\N");
      } else {
        escape(value.toString());
      }
    }
    text.append('\n');
    if (text.length() >= BATCH_CHARS) {
      flush();
    }
  }

  /** Sends what is left. */
  void flush() throws IOException {
    if (text.isEmpty()) {
      return;
    }
    try {
      CopyManager copy = database.getConnection().unwrap(PGConnection.class).getCopyAPI();
      copy.copyIn(sql, new StringReader(text.toString()));
    } catch (SQLException refused) {
      throw new UnableToExecuteStatementException(refused, null);
    }
    text.setLength(0);
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }
}
