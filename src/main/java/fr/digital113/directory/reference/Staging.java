package fr.digital113.directory.reference;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import fr.digital113.directory.web.Slugs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Copies CSV files into temporary tables of text columns, which last until the commit. */
final class Staging {
  private final Connection connection;

  Staging(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes the table of a file and fills it. Empty cells are null.
   *
   * @throws ReferenceRefusedException when a column is missing or the file is not CSV
   */
  void copy(SourceFile file, byte[] bytes) throws SQLException {
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .detectBomHeader(true)
            .ofCsvRecord(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
      Iterator<CsvRecord> rows = csv.iterator();
      List<String> header = rows.hasNext() ? rows.next().getFields() : List.of();
      List<String> missing = file.columns().stream().filter(c -> !header.contains(c)).toList();
      if (!missing.isEmpty()) {
        throw new ReferenceRefusedException(
            "%s lacks the columns %s".formatted(file.name(), String.join(", ", missing)));
      }
      fill(file, header, rows);
    } catch (CsvParseException e) {
      throw new ReferenceRefusedException(
          "%s is not readable as CSV: %s".formatted(file.name(), e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(SourceFile file, List<String> header, Iterator<CsvRecord> rows)
      throws SQLException, IOException {
    int slugOf = file.slugOf() == null ? -1 : header.indexOf(file.slugOf());
    List<String> columns = new ArrayList<>(header);
    if (slugOf >= 0) {
      columns.add("slug");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          columns.stream()
              .map(column -> '"' + column.replace("\"", "\"\"") + "\" text")
              .collect(
                  Collectors.joining(
                      ", ", "create temporary table " + file.table() + " (", ") on commit drop")));
    }
    String copy = "copy " + file.table() + " from stdin with (format csv)";
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try (CsvWriter table =
        CsvWriter.builder()
            .build(
                new OutputStreamWriter(
                    new PGCopyOutputStream(postgres, copy), StandardCharsets.UTF_8))) {
      while (rows.hasNext()) {
        List<String> cells = rows.next().getFields();
        if (slugOf >= 0) {
          cells = new ArrayList<>(cells);
          cells.add(Slugs.of(cells.get(slugOf)));
        }
        table.writeRecord(cells);
      }
    }
  }
}
