package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import org.jspecify.annotations.Nullable;

/** Takes what became of each row of a file. Never given personal data as {@code value}. */
public interface RowReport {

  /** Counts one more row read, for the progress. */
  void read();

  void created(long rows);

  void updated(long rows);

  void unchanged(long rows);

  /**
   * A sound row that has nothing to load, with the reason. {@code code} is stable, such as {@code
   * outside_region}.
   */
  void skipped(
      long line, @Nullable String column, @Nullable String value, String code, Text reason);

  /** A row that is wrong; nothing of it is kept. */
  void rejected(
      long line, @Nullable String column, @Nullable String value, String code, Text reason);

  /**
   * A cell that was mended because only one reading of it is possible. The row is counted
   * elsewhere.
   */
  void repaired(long line, String column, String value, String repairedTo);
}
