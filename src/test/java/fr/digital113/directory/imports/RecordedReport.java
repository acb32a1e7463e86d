package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps what a kind reports. */
public final class RecordedReport extends CountingReport {

  /** One skipped or rejected row. */
  public record Row(
      long line, @Nullable String column, @Nullable String value, String code, Text reason) {}

  private final List<Line> lines = new ArrayList<>();

  @Override
  void note(Line line) {
    lines.add(line);
  }

  public List<Row> skipped() {
    return rows("skipped").toList();
  }

  public List<Row> rejected() {
    return rows("rejected").toList();
  }

  public List<Row> repaired() {
    return rows("repaired").toList();
  }

  /** Everything noted, in its order, as {@code line outcome column code}. */
  List<String> lines() {
    return lines.stream()
        .map(l -> "%d %s %s %s".formatted(l.line(), l.outcome(), l.column(), l.code()))
        .toList();
  }

  /** Rows by outcome or, for those not loaded, by code; outcomes without rows are left out. */
  public Map<String, Long> byOutcome() {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("created", counts().created());
    counts.put("updated", counts().updated());
    counts.put("unchanged", counts().unchanged());
    lines.forEach(line -> counts.merge(line.code(), 1L, Long::sum));
    counts.values().removeIf(rows -> rows == 0);
    return counts;
  }

  public long rowsRead() {
    return counts().read();
  }

  private Stream<Row> rows(String outcome) {
    return lines.stream()
        .filter(line -> line.outcome().equals(outcome))
        .map(l -> new Row(l.line(), l.column(), l.value(), l.code(), l.reason()));
  }
}
