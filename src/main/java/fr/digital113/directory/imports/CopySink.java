package fr.digital113.directory.imports;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows into a table by COPY, the fastest way in. The connection does nothing else meanwhile.
 */
public final class CopySink implements AutoCloseable {
  private static final int BLOCK = 1 << 16;

  private final CopyIn copy;
  private final StringBuilder block = new StringBuilder(BLOCK + 4096);

  /**
   * @param target a table with its columns in parentheses
   */
  public CopySink(Handle database, String target) {
    try {
      copy =
          database
              .getConnection()
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("copy " + target + " from stdin");
    } catch (SQLException refused) {
      throw failed(refused);
    }
  }

  /** One row; the text of each value is what PostgreSQL reads as its type, null is null. */
  public void row(@Nullable Object... values) {
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
  public void finish() {
    flush();
    try {
      copy.endCopy();
    } catch (SQLException refused) {
      throw failed(refused);
    }
  }

  @Override
  public void close() {
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException refused) {
        throw failed(refused);
      }
    }
  }

  private void flush() {
    byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
    try {
      copy.writeToCopy(bytes, 0, bytes.length);
    } catch (SQLException refused) {
      throw failed(refused);
    }
    block.setLength(0);
  }

  private static UnableToExecuteStatementException failed(SQLException refused) {
    return new UnableToExecuteStatementException(refused, null);
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
