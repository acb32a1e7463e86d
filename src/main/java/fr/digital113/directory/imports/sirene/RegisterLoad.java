package fr.digital113.directory.imports.sirene;

import fr.digital113.directory.imports.ImportOptions;
import fr.digital113.directory.imports.RowReport;
import fr.digital113.directory.values.CompanySlugs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * What both halves of the register share: one load inside the caller's transaction. Rows are copied
 * to a temporary table; then the SQL files of this package stage them, decide and apply, a
 * statement for all rows at a time.
 *
 * <p>A scope holds for one load. An establishment outside the territory asked for, of no company of
 * the directory, is not staged, so that no later load makes a company of it. A unit is staged
 * whatever the scope: its file says neither where it is nor that it will never be asked for. A unit
 * outside {@code naf}, or whose known place is outside the territory, becomes no company in this
 * load; the load that brings the other half looks at both again with the scope of its own.
 */
final class RegisterLoad {
  private static final int FETCH_ROWS = 1000;

  /** One row of the outcome. {@code code} is null unless the row is skipped. */
  private record Outcome(
      long line,
      String outcome,
      @Nullable String code,
      @Nullable String column,
      @Nullable String value) {}

  private final Handle database;

  /** One at a time, as imports are: two would decide about the same companies. */
  RegisterLoad(Handle database, ImportOptions options) {
    this.database = database;
    run("scope.sql");
    scope(options);
  }

  /** Runs a file of statements without parameters. */
  void run(String file) {
    try (Statement statement = database.getConnection().createStatement()) {
      statement.execute(text(file));
    } catch (SQLException refused) {
      throw new UnableToExecuteStatementException(refused, null);
    }
  }

  /**
   * Decides about every company whose unit is in {@code register_loaded}, applies the decisions,
   * and forgets what must be forgotten.
   */
  void settle() {
    run("decide.sql");
    CompanySlugs.assign(database, "register_new", "siren", "slug is null");
    run("apply.sql");
    run("forget.sql");
  }

  /** Reports every row that was copied, in the order of the file, from a query of its outcome. */
  void report(String file, RowReport report) {
    long[] created = {0};
    long[] updated = {0};
    long[] unchanged = {0};
    try (Query query = database.createQuery(text(file))) {
      query
          .setFetchSize(FETCH_ROWS)
          .map(
              (row, context) ->
                  new Outcome(
                      row.getLong("line"),
                      row.getString("outcome"),
                      row.getString("code"),
                      row.getString("column_name"),
                      row.getString("value")))
          .useStream(
              rows ->
                  rows.forEach(
                      row -> {
                        switch (row.outcome()) {
                          case "created" -> created[0]++;
                          case "updated" -> updated[0]++;
                          case "unchanged" -> unchanged[0]++;
                          default -> skip(row, report);
                        }
                      }));
    }
    report.created(created[0]);
    report.updated(updated[0]);
    report.unchanged(unchanged[0]);
  }

  private static void skip(Outcome row, RowReport report) {
    Reason reason = Reason.ofCode(String.valueOf(row.code()));
    report.skipped(row.line(), row.column(), row.value(), reason.code(), reason.text());
  }

  private void scope(ImportOptions options) {
    List<String> codes = options.naf();
    database.execute(
        "insert into register_scope (any_naf, territory) values (?, ?)",
        codes == null,
        options.territory());
    if (codes != null && codes.isEmpty()) {
      database.execute(
          "insert into register_scope_naf select nomenclature, code from naf where digital");
    } else if (codes != null) {
      // The two nomenclatures use different letters, so a code says which one it is of.
      database.execute(
          "insert into register_scope_naf select n, c from unnest(array['NAFRev2', 'NAF2025']) n,"
              + " unnest(?) c on conflict do nothing",
          (Object) codes.toArray(String[]::new));
    }
  }

  private static String text(String file) {
    try (InputStream stream = RegisterLoad.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("missing resource " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
