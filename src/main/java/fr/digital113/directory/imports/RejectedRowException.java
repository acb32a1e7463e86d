package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import org.jspecify.annotations.Nullable;

/** Ends the reading of a row that is wrong. */
public final class RejectedRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String column;
  private final @Nullable String value;
  private final String code;
  private final transient Text reason;

  /**
   * @param value what the report shows of the cell; null where it could tell of a person
   * @param code stable, such as {@code invalid_siren}
   */
  public RejectedRowException(
      @Nullable String column, @Nullable String value, String code, Text reason) {
    super(code, null, false, false);
    this.column = column;
    this.value = value;
    this.code = code;
    this.reason = reason;
  }

  /**
   * A row with a cell too many. Its cells may all stand in the wrong column, so that none is shown.
   */
  public static RejectedRowException extraCell() {
    return new RejectedRowException(
        null,
        null,
        "extra_cell",
        new Text(
            "La ligne a plus de cellules que l'en-tête : un séparateur manque de guillemets.",
            "The row has more cells than the header: a separator lacks its quotes."));
  }

  public void reportTo(RowReport report, long line) {
    report.rejected(line, column, value, code, reason);
  }
}
