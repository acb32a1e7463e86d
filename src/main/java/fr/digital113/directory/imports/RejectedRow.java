package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import org.jspecify.annotations.Nullable;

/** Ends the reading of a row that is wrong. */
final class RejectedRow extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String column;
  private final @Nullable String value;
  private final String code;
  private final transient Text reason;

  RejectedRow(@Nullable String column, @Nullable String value, String code, Text reason) {
    super(code, null, false, false);
    this.column = column;
    this.value = value;
    this.code = code;
    this.reason = reason;
  }

  void reportTo(RowReport report, long line) {
    report.rejected(line, column, value, code, reason);
  }
}
