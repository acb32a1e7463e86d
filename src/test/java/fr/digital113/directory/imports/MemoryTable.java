package fr.digital113.directory.imports;

import fr.digital113.directory.values.CellText;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of a test as a file: the cells by column; absent means empty. */
public class MemoryTable implements Table {
  private final List<String> header;
  private final Iterator<Map<String, String>> rows;
  private Map<String, String> current = Map.of();
  private long line = 1;

  /** A file with exactly these columns, in this order. */
  public MemoryTable(List<String> header, List<Map<String, String>> rows) {
    this.header = List.copyOf(header);
    this.rows = rows.iterator();
  }

  /** A file with the required columns and those that the rows use. */
  public static MemoryTable of(List<String> required, List<Map<String, String>> rows) {
    Set<String> header = new LinkedHashSet<>(required);
    rows.forEach(row -> header.addAll(row.keySet()));
    return new MemoryTable(List.copyOf(header), rows);
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    current = rows.next();
    line++;
    return true;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public @Nullable String cell(int column) {
    return CellText.clean(current.get(header.get(column)));
  }

  @Override
  public void close() {}
}
