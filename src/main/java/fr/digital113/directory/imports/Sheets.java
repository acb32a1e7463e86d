package fr.digital113.directory.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import fr.digital113.directory.web.Language;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Writes rows of text as CSV or xlsx, streamed. */
final class Sheets {

  private Sheets() {}

  /** Takes rows one by one; closing ends the file but leaves its stream open. */
  interface Sheet extends AutoCloseable {
    void row(List<@Nullable String> cells);

    @Override
    void close() throws IOException;
  }

  /** CSV whose cells no spreadsheet runs as formulas. */
  static final class CsvSheet implements Sheet {
    private final CsvWriter csv;

    /**
     * @param excel semicolons and a byte order mark, as Excel wants them
     */
    CsvSheet(OutputStream out, boolean excel) throws IOException {
      OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      if (excel) {
        text.write('\uFEFF');
      }
      csv = CsvWriter.builder().fieldSeparator(excel ? ';' : ',').build(text);
    }

    @Override
    public void row(List<@Nullable String> cells) {
      csv.writeRecord(cells.stream().map(CsvSheet::safe).toList());
    }

    // A plain number runs nothing, and must stay one.
    private static String safe(@Nullable String cell) {
      return cell == null
          ? ""
          : cell.matches("-[0-9]+(\\.[0-9]+)?") ? cell : CellText.neutralised(cell);
    }

    @Override
    public void close() throws IOException {
      csv.flush();
    }
  }

  /** An xlsx of text cells, so that Excel neither rounds a SIRET nor drops a leading zero. */
  static final class XlsxSheet implements Sheet {
    private static final int FLUSHED_EVERY = 500;

    private final Workbook workbook;
    private final Worksheet sheet;
    private final List<Column> columns;
    private final Language language;
    private int rows;

    /**
     * @param columns explained on a second sheet
     */
    XlsxSheet(OutputStream out, String name, List<Column> columns, Language language) {
      this.workbook = new Workbook(out, "Directory", "1.0");
      this.sheet = workbook.newWorksheet(name);
      this.columns = columns;
      this.language = language;
      for (int i = 0; i < columns.size(); i++) {
        sheet.style(i).format("@").set();
      }
    }

    @Override
    public void row(List<@Nullable String> cells) {
      for (int i = 0; i < cells.size(); i++) {
        String cell = cells.get(i);
        if (cell != null && !cell.isEmpty()) {
          // As the CSV does, so that a leading apostrophe means the same in both.
          sheet.inlineString(rows, i, cell.startsWith("'") ? CellText.neutralised(cell) : cell);
        }
      }
      rows++;
      if (rows % FLUSHED_EVERY == 0) {
        try {
          sheet.flush();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    @Override
    public void close() throws IOException {
      sheet.finish();
      Worksheet meanings = workbook.newWorksheet(language == Language.FR ? "Colonnes" : "Columns");
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        meanings.inlineString(i, 0, column.name());
        meanings.inlineString(i, 1, column.meaning().in(language));
        meanings.inlineString(i, 2, String.join(", ", column.aliases()));
      }
      workbook.finish();
    }
  }
}
