package fr.digital113.directory.imports;

import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * One kind of file that can be imported. Implementations are CDI beans, found by {@link #name()}.
 */
public interface ImportKind {

  /** The value of {@code kind} in a request, for instance {@code members}. */
  String name();

  /**
   * Refuses a file by its header alone.
   *
   * @throws UnreadableFileException with one clear reason, in both languages
   */
  void checkHeader(List<String> header);

  /**
   * Applies all rows inside the transaction of {@code database}, which the caller commits or rolls
   * back. Each row of the table is reported exactly once.
   */
  void run(Handle database, Table table, ImportOptions options, RowReport report)
      throws IOException;
}
