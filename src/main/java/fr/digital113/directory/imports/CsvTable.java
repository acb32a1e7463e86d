package fr.digital113.directory.imports;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.digital113.directory.values.CellText;
import fr.digital113.directory.web.Text;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CSV file as a table. */
final class CsvTable implements Table {
  /** A record longer than this is no record of a directory; it also bounds the memory. */
  private static final int LONGEST_FIELD = 4 << 20;

  private static final Pattern START = Pattern.compile("line (\\d+)");

  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> header;
  private @Nullable CsvRecord current;

  private CsvTable(CsvReader<CsvRecord> reader) throws IOException {
    this.reader = reader;
    this.records = reader.iterator();
    CsvRecord first = advance();
    if (first == null) {
      throw new UnreadableFileException(new Text("Le fichier est vide.", "The file is empty."));
    }
    this.header = Tables.header(first.getFields().stream().map(CellText::clean).toList());
    refuseBinary(header);
  }

  static CsvTable open(Path file, CsvFormat format) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      bytes.skipNBytes(format.bom());
      return new CsvTable(
          CsvReader.builder()
              .fieldSeparator(format.separator())
              .allowExtraFields(true)
              .allowMissingFields(true)
              .maxBufferSize(LONGEST_FIELD)
              .ofCsvRecord(new InputStreamReader(bytes, format.charset())));
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public boolean next() throws IOException {
    current = advance();
    return current != null;
  }

  @Override
  public long line() {
    return row().getStartingLineNumber();
  }

  @Override
  public @Nullable String cell(int column) {
    CsvRecord row = row();
    return column < row.getFieldCount() ? CellText.clean(row.getField(column)) : null;
  }

  @Override
  public int width() {
    return row().getFieldCount();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private CsvRecord row() {
    if (current == null) {
      throw new IllegalStateException("no current row");
    }
    return current;
  }

  private @Nullable CsvRecord advance() throws IOException {
    try {
      while (records.hasNext()) {
        CsvRecord next = records.next();
        if (!isEmpty(next)) {
          return next;
        }
      }
      return null;
    } catch (CsvParseException malformed) {
      throw new UnreadableFileException(reason(malformed));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  // FastCSV has one exception for everything, so that its messages must tell.
  private Text reason(CsvParseException malformed) {
    StringBuilder said = new StringBuilder();
    for (Throwable cause = malformed; cause != null; cause = cause.getCause()) {
      said.append(cause.getMessage()).append('\n');
    }
    Matcher start = START.matcher(said);
    long line =
        start.find()
            ? Long.parseLong(start.group(1))
            : current == null ? 1 : current.getStartingLineNumber() + 1;
    Text reason = new Text("Ligne %d : le CSV est mal formé.", "Line %d: the CSV is malformed.");
    if (said.indexOf("fields") >= 0) {
      reason =
          new Text("Ligne %d : il y a trop de colonnes.", "Line %d: there are too many columns.");
    } else if (said.indexOf("max field size") >= 0
        || said.indexOf("max record size") >= 0
        || said.indexOf("maximum buffer size") >= 0) {
      reason = new Text("Ligne %d : une cellule est trop longue.", "Line %d: a cell is too long.");
    }
    return reason.with(line);
  }

  private static boolean isEmpty(CsvRecord row) {
    for (int i = 0; i < row.getFieldCount(); i++) {
      if (CellText.clean(row.getField(i)) != null) {
        return false;
      }
    }
    return true;
  }

  // Text that Windows-1252 does not know, or control characters, in the names of columns: not a
  // table at all.
  private static void refuseBinary(List<String> header) {
    for (String name : header) {
      if (name.length() > 200 || name.chars().anyMatch(c -> c == 0xFFFD)) {
        throw new UnreadableFileException(
            new Text(
                "Le fichier n'est ni un CSV ni un classeur xlsx.",
                "The file is neither a CSV nor an xlsx workbook."));
      }
    }
  }
}
