package fr.digital113.directory.imports;

import fr.digital113.directory.metrics.DatabaseFigures;
import fr.digital113.directory.metrics.Figure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Import jobs: those of this process that ended, and those of all processes that have not. */
@Singleton
class ImportMetrics implements DatabaseFigures {
  private final Counter done;
  private final Counter failed;

  ImportMetrics(MeterRegistry registry) {
    this.done = ended(registry, "done");
    this.failed = ended(registry, "failed");
  }

  private static Counter ended(MeterRegistry registry, String outcome) {
    return Counter.builder("directory.import.jobs.ended")
        .description("Import jobs of this process that ended")
        .tag("outcome", outcome)
        .register(registry);
  }

  void done() {
    done.increment();
  }

  void failed() {
    failed.increment();
  }

  @Override
  public List<Figure> read(Handle database) {
    return database
        .createQuery(
            """
            select count(*) filter (where status = 'queued') as queued,
              count(*) filter (where status = 'running') as running,
              coalesce(sum(rows_read) filter (where status = 'running'), 0) as rows_read,
              coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) as seconds
            from import_job where status in ('queued', 'running')
            """)
        .map(
            (row, context) ->
                List.of(
                    jobs("queued", row.getLong("queued")),
                    jobs("running", row.getLong("running")),
                    Figure.count(
                        "directory.import.rows.read",
                        "Rows that the running jobs have read so far",
                        Tags.empty(),
                        row.getLong("rows_read")),
                    Figure.seconds(
                        "directory.import.oldest",
                        "Age of the oldest job that has not ended",
                        Tags.empty(),
                        Math.max(0, row.getDouble("seconds")))))
        .one();
  }

  private static Figure jobs(String status, long count) {
    return Figure.count(
        "directory.import.jobs",
        "Import jobs of all processes that have not ended",
        Tags.of("status", status),
        count);
  }
}
