package fr.digital113.directory.imports;

import fr.digital113.directory.web.Language;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Reads the reports of jobs, in the order of the file. */
@ApplicationScoped
class ImportReports {

  /** A place in a report: after the row {@code position} of line {@code line}. */
  record Place(long line, long position) {
    static final Place START = new Place(0, 0);

    @Override
    public String toString() {
      return line + "-" + position;
    }
  }

  /** A line with its place. */
  record Entry(Place place, ReportLineView line) {}

  private final Jdbi jdbi;

  ImportReports(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  List<Entry> page(UUID job, Place after, int limit, Language language) {
    return jdbi.withHandle(
        database ->
            query(database, job, after, " limit " + limit)
                .map((row, context) -> entry(row, language))
                .list());
  }

  /** Every line, streamed. */
  void each(UUID job, Language language, Consumer<ReportLineView> use) {
    jdbi.useTransaction(
        database ->
            query(database, job, Place.START, "")
                .setFetchSize(1_000)
                .map((row, context) -> entry(row, language))
                .forEach(entry -> use.accept(entry.line())));
  }

  private static Query query(Handle database, UUID job, Place after, String end) {
    return database
        .createQuery(
            "select * from import_report_row where job = :job and (line, position) > (:line, :position)"
                + " order by line, position"
                + end)
        .bind("job", job)
        .bind("line", after.line())
        .bind("position", after.position());
  }

  private static Entry entry(java.sql.ResultSet row, Language language)
      throws java.sql.SQLException {
    return new Entry(
        new Place(row.getLong("line"), row.getLong("position")),
        new ReportLineView(
            row.getLong("line"),
            row.getString("column_name"),
            row.getString("value"),
            row.getString("outcome"),
            row.getString("code"),
            row.getString("reason_" + language.tag())));
  }
}
