package fr.digital113.directory.testsupport;

import fr.digital113.directory.imports.RowReport;
import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps what a kind reports. */
public final class RecordedReport implements RowReport {

  /** One skipped or rejected row. */
  public record Row(
      long line, @Nullable String column, @Nullable String value, String code, Text reason) {}

  private final List<Row> skipped = new ArrayList<>();
  private final List<Row> rejected = new ArrayList<>();
  private long read;
  private long created;
  private long updated;
  private long unchanged;

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
    skipped.add(new Row(line, column, value, code, reason));
  }

  @Override
  public void rejected(
      long line, @Nullable String column, @Nullable String value, String code, Text reason) {
    rejected.add(new Row(line, column, value, code, reason));
  }

  @Override
  public void repaired(long line, String column, String value, String repairedTo) {
    throw new AssertionError("the register is not mended: " + column);
  }

  public List<Row> skipped() {
    return skipped;
  }

  public List<Row> rejected() {
    return rejected;
  }

  /** Rows by outcome or, for those not loaded, by code; outcomes without rows are left out. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("created", created);
    counts.put("updated", updated);
    counts.put("unchanged", unchanged);
    skipped.forEach(row -> counts.merge(row.code(), 1L, Long::sum));
    rejected.forEach(row -> counts.merge(row.code(), 1L, Long::sum));
    counts.values().removeIf(rows -> rows == 0);
    return counts;
  }

  public long rowsRead() {
    return read;
  }
}
