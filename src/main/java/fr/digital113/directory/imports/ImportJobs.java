package fr.digital113.directory.imports;

import fr.digital113.directory.database.ForJobs;
import fr.digital113.directory.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The jobs and their reports as PostgreSQL keeps them. */
@ApplicationScoped
class ImportJobs {
  private final Jdbi jdbi;
  private final Jdbi ofJobs;

  ImportJobs(Jdbi jdbi, @ForJobs Jdbi ofJobs) {
    this.jdbi = jdbi;
    this.ofJobs = ofJobs;
  }

  /** Fails when the database does not answer. */
  void requireDatabase() {
    jdbi.useHandle(database -> database.execute("select 1"));
  }

  void insert(UUID id, String kind, @Nullable String fileName, boolean dryRun, String actor) {
    jdbi.useHandle(
        database ->
            database.execute(
                "insert into import_job (id, kind, file_name, dry_run, actor, status) values (?, ?, ?, ?, ?, 'queued')",
                id,
                kind,
                fileName,
                dryRun,
                actor));
  }

  Optional<ImportJob> find(UUID id) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery("select * from import_job where id = :id")
                .bind("id", id)
                .map((row, context) -> job(row))
                .findOne());
  }

  /** The latest first. */
  List<ImportJob> latest(int limit) {
    return jdbi.withHandle(
        database ->
            database
                .createQuery(
                    "select * from import_job order by created_at desc, id desc limit :limit")
                .bind("limit", limit)
                .map((row, context) -> job(row))
                .list());
  }

  long count() {
    return jdbi.withHandle(
        database ->
            database.createQuery("select count(*) from import_job").mapTo(Long.class).one());
  }

  /** False when the job is no longer waiting: another process has given it up. */
  boolean start(UUID id) {
    return ofJobs.withHandle(
        database ->
            database.execute(
                    "update import_job set status = 'running', started_at = now() where id = ? and status = 'queued'",
                    id)
                == 1);
  }

  void progress(UUID id, RowCounts rows) {
    ofJobs.useHandle(
        database ->
            bind(
                    database,
                    "update import_job set %s where id = :id and status = 'running'",
                    id,
                    rows)
                .execute());
  }

  /** Within the transaction of the content, or after a dry run. False when the job was given up. */
  boolean finish(Handle database, UUID id, RowCounts rows) {
    return bind(
                database,
                "update import_job set status = 'done', finished_at = clock_timestamp(), %s where id = :id and status = 'running'",
                id,
                rows)
            .execute()
        == 1;
  }

  /** Marks an unfinished job as failed; a job that is over stays as it is. */
  void fail(UUID id, Text reason) {
    ofJobs.useTransaction(database -> fail(database, id, reason));
  }

  /** Returns false when the job is over already. */
  static boolean fail(Handle database, UUID id, Text reason) {
    int failed =
        database.execute(
            """
            update import_job set status = 'failed', finished_at = clock_timestamp(), failure_fr = ?, failure_en = ?,
              rows_read = 0, rows_created = 0, rows_updated = 0, rows_unchanged = 0, rows_skipped = 0, rows_rejected = 0
            where id = ? and status in ('queued', 'running')
            """,
            reason.fr(),
            reason.en(),
            id);
    return failed > 0;
  }

  void clearReport(UUID id) {
    ofJobs.useHandle(
        database -> database.execute("delete from import_report_row where job = ?", id));
  }

  private static Update bind(Handle database, String sql, UUID id, RowCounts rows) {
    return database
        .createUpdate(
            sql.formatted(
                "rows_read = :read, rows_created = :created, rows_updated = :updated,"
                    + " rows_unchanged = :unchanged, rows_skipped = :skipped, rows_rejected = :rejected"))
        .bind("id", id)
        .bind("read", rows.read())
        .bind("created", rows.created())
        .bind("updated", rows.updated())
        .bind("unchanged", rows.unchanged())
        .bind("skipped", rows.skipped())
        .bind("rejected", rows.rejected());
  }

  private static ImportJob job(ResultSet row) throws SQLException {
    String failure = row.getString("failure_fr");
    return new ImportJob(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("file_name"),
        row.getBoolean("dry_run"),
        row.getString("status"),
        new RowCounts(
            row.getLong("rows_read"),
            row.getLong("rows_created"),
            row.getLong("rows_updated"),
            row.getLong("rows_unchanged"),
            row.getLong("rows_skipped"),
            row.getLong("rows_rejected")),
        row.getObject("created_at", OffsetDateTime.class),
        row.getObject("started_at", OffsetDateTime.class),
        row.getObject("finished_at", OffsetDateTime.class),
        failure == null ? null : new Text(failure, row.getString("failure_en")));
  }
}
