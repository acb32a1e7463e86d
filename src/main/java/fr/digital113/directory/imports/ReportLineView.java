package fr.digital113.directory.imports;

import org.jspecify.annotations.Nullable;

/** What became of one row, as JSON. {@code outcome}: skipped, rejected or repaired. */
record ReportLineView(
    long line,
    @Nullable String column,
    @Nullable String value,
    String outcome,
    String code,
    String reason) {}
