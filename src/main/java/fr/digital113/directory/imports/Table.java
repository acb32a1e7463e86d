package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of rows under one header, read forward only and never held whole in memory. */
public interface Table extends AutoCloseable {

  /** The names of the columns as the file writes them, in its order. */
  List<String> header();

  /** Moves to the next row that is not empty; false at the end. */
  boolean next() throws IOException;

  /** The line (CSV) or row (xlsx) of the current row in the file, from 1; the header counts. */
  long line();

  /** The trimmed cell of a column of the current row; null when it is empty or missing. */
  @Nullable String cell(int column);

  /**
   * How many cells the current row has; more than the header has when a separator is one too many.
   */
  default int width() {
    return header().size();
  }

  /**
   * A cell whose content is lost, which is not the same as empty.
   *
   * @param column from 0
   * @param code stable, such as {@code unreadable_cell}
   */
  record Unreadable(int column, String code, Text reason) {

    /** Rejects the row. {@code name} is that of the column; null beyond the header. */
    public RejectedRowException rejection(@Nullable String name) {
      return new RejectedRowException(name, null, code, reason);
    }
  }

  /** The first unreadable cell of the current row; null when there is none. */
  default @Nullable Unreadable unreadable() {
    return null;
  }

  @Override
  void close() throws IOException;
}
