package fr.digital113.directory.imports.sirene;

import fr.digital113.directory.imports.RowReport;
import org.jspecify.annotations.Nullable;

/** A row that is wrong. {@code value} is null where it could tell of a person. */
final class RejectedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String column;
  private final @Nullable String value;
  private final Reason reason;

  RejectedRowException(@Nullable String column, @Nullable String value, Reason reason) {
    super(reason.code(), null, false, false);
    this.column = column;
    this.value = value;
    this.reason = reason;
  }

  void reportTo(RowReport report, long line) {
    report.rejected(line, column, value, reason.code(), reason.text());
  }
}
