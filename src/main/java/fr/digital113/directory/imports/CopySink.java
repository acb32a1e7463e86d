package fr.digital113.directory.imports;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows into a table by COPY, the fastest way in. The connection does nothing else meanwhile.
 */
final class CopySink implements AutoCloseable {
  private static final int BLOCK = 1 << 16;

  private final CopyIn copy;
  private final StringBuilder block = new StringBuilder(BLOCK + 4096);

  /**
   * @param target a table with its columns in parentheses
   */
  CopySink(Handle database, String target) throws SQLException {
    copy =
        database
            .getConnection()
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy " + target + " from stdin");
  }

  /** One row; the text of each value is what PostgreSQL reads as its type, null is null. */
  void row(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        block.append('\t');
      }
      Object value = values[i];
      if (value == null) {
        block.append("\\N");
      } else if (value instanceof Iterable<?> array) {
        escape(arrayLiteral(array));
      } else {
        escape(value.toString());
      }
    }
    block.append('\n');
    if (block.length() >= BLOCK) {
      flush();
    }
  }

  /** Ends the COPY; without it, closing gives everything back. */
  void finish() throws SQLException {
    flush();
    copy.endCopy();
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void flush() throws SQLException {
    byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    block.setLength(0);
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> block.append("\\\\");
        case '\n' -> block.append("\\n");
        case '\r' -> block.append("\\r");
        case '\t' -> block.append("\\t");
        default -> block.append(c);
      }
    }
  }

  private static String arrayLiteral(Iterable<?> values) {
    StringBuilder literal = new StringBuilder("{");
    for (Object value : values) {
      literal
          .append(literal.length() == 1 ? "\"" : ",\"")
          .append(value.toString().replace("\\", "\\\\").replace("\"", "\\\""))
          .append('"');
    }
    return literal.append('}').toString();
  }
}
