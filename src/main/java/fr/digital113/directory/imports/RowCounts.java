package fr.digital113.directory.imports;

/** How many rows of a file went where: read is the sum of the others once a load is over. */
public record RowCounts(
    long read, long created, long updated, long unchanged, long skipped, long rejected) {

  static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0);
}
