package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that was sent, and what became of it.
 *
 * @param status queued, running, done or failed; a failed job has kept nothing of its file
 */
record ImportJob(
    UUID id,
    String kind,
    @Nullable String fileName,
    boolean dryRun,
    String status,
    RowCounts rows,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime startedAt,
    @Nullable OffsetDateTime finishedAt,
    @Nullable Text failure) {}
