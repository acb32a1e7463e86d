package fr.digital113.directory.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the report and the progress of a job while it runs, on connections of its own: they are
 * seen before the content is committed, and stay when a dry run gives it back.
 */
final class JobReport extends CountingReport {
  private static final int BATCH = 2_000;
  private static final int LONGEST_VALUE = 200;
  private static final long PROGRESS_EVERY = TimeUnit.SECONDS.toNanos(1);

  private final Jdbi jdbi;
  private final ImportJobs jobs;
  private final UUID job;
  private final List<Line> waiting = new ArrayList<>(BATCH);
  private long saved = System.nanoTime();

  JobReport(Jdbi jdbi, ImportJobs jobs, UUID job) {
    this.jdbi = jdbi;
    this.jobs = jobs;
    this.job = job;
  }

  @Override
  void restart() {
    super.restart();
    waiting.clear();
    jobs.clearReport(job);
  }

  @Override
  public void read() {
    super.read();
    if (System.nanoTime() - saved > PROGRESS_EVERY) {
      saved = System.nanoTime();
      jobs.progress(job, counts());
    }
  }

  @Override
  void note(Line line) {
    waiting.add(line);
    if (waiting.size() >= BATCH) {
      flush();
    }
  }

  /** Writes what waits. Nothing may be reported after the last call. */
  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    jdbi.useHandle(
        database -> {
          try (CopySink sink =
              new CopySink(
                  database,
                  "import_report_row (job, line, outcome, column_name, value, code, reason_fr, reason_en)")) {
            for (Line line : waiting) {
              sink.row(
                  job,
                  line.line(),
                  line.outcome(),
                  line.column(),
                  shortened(line.value()),
                  line.code(),
                  line.reason().fr(),
                  line.reason().en());
            }
            sink.finish();
          }
        });
    waiting.clear();
  }

  private static @Nullable String shortened(@Nullable String value) {
    return value == null || value.length() <= LONGEST_VALUE
        ? value
        : value.substring(0, LONGEST_VALUE) + "…";
  }
}
