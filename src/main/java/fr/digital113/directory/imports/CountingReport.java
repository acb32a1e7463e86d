package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import org.jspecify.annotations.Nullable;

/** Counts rows; what else is done with each is up to those that extend it. */
abstract class CountingReport implements RowReport {
  private long read;
  private long created;
  private long updated;
  private long unchanged;
  private long skipped;
  private long rejected;

  /** One line of the report. {@code outcome}: skipped, rejected or repaired. */
  record Line(
      long line,
      String outcome,
      @Nullable String column,
      @Nullable String value,
      String code,
      Text reason) {}

  abstract void note(Line line);

  /** Forgets everything: the load starts again. */
  void restart() {
    read = created = updated = unchanged = skipped = rejected = 0;
  }

  RowCounts counts() {
    return new RowCounts(read, created, updated, unchanged, skipped, rejected);
  }

  @Override
  public void read() {
    read++;
  }

  @Override
  public void created(long rows) {
    created += rows;
  }

  @Override
  public void updated(long rows) {
    updated += rows;
  }

  @Override
  public void unchanged(long rows) {
    unchanged += rows;
  }

  @Override
  public void skipped(
      long line, @Nullable String column, @Nullable String value, String code, Text reason) {
    skipped++;
    note(new Line(line, "skipped", column, value, code, reason));
  }

  @Override
  public void rejected(
      long line, @Nullable String column, @Nullable String value, String code, Text reason) {
    rejected++;
    note(new Line(line, "rejected", column, value, code, reason));
  }

  @Override
  public void repaired(long line, String column, String value, String repairedTo) {
    note(
        new Line(
            line,
            "repaired",
            column,
            value,
            "repaired",
            new Text("Lu comme « %s ».", "Read as \"%s\".").with(repairedTo)));
  }
}
