package fr.digital113.directory.imports;

import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as JSON.
 *
 * @param errors the first rows that were skipped, rejected or repaired; null in lists
 */
record ImportJobView(
    UUID id,
    String kind,
    @Nullable String fileName,
    boolean dryRun,
    String status,
    RowCounts rows,
    @Nullable List<ReportLineView> errors,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime startedAt,
    @Nullable OffsetDateTime finishedAt,
    @Nullable String failure,
    ReportLinks report) {

  record ReportLinks(String json, String csv) {}

  static ImportJobView of(ImportJob job, @Nullable List<ReportLineView> errors, Language language) {
    String report = "/v1/imports/" + job.id() + "/report";
    Text failure = job.failure();
    return new ImportJobView(
        job.id(),
        job.kind(),
        job.fileName(),
        job.dryRun(),
        job.status(),
        job.rows(),
        errors,
        job.createdAt(),
        job.startedAt(),
        job.finishedAt(),
        failure == null ? null : failure.in(language),
        new ReportLinks(report, report + "?format=csv"));
  }

  /** The job as long as readers cannot see yet what it wrote. */
  ImportJobView untilItIsVisible() {
    return status.equals("done")
        ? new ImportJobView(
            id, kind, fileName, dryRun, "running", rows, errors, createdAt, startedAt, null, null,
            report)
        : this;
  }
}
