package fr.digital113.directory.formats;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes rows as CSV or xlsx, streamed. */
public final class Sheets {
  private static final Pattern NEGATIVE = Pattern.compile("-[0-9]+(\\.[0-9]+)?");

  private Sheets() {}

  /** Takes rows one by one. It holds nothing that must be closed. */
  public interface Sheet {
    /**
     * A row; its cells are texts, numbers, booleans, days ({@link LocalDate}), moments ({@link
     * Instant}) or nothing.
     */
    void row(List<? extends @Nullable Object> cells);

    /**
     * Writes the end of the file; its stream is left open. Not called when anything failed: without
     * its end no program takes an xlsx for whole.
     */
    void end() throws IOException;
  }

  private static String plain(Number number) {
    return number instanceof Double || number instanceof Float
        ? BigDecimal.valueOf(number.doubleValue()).toPlainString()
        : number.toString();
  }

  /** CSV (RFC 4180) whose cells no spreadsheet runs as formulas. */
  public static final class CsvSheet implements Sheet {
    private final CsvWriter csv;
    private final boolean excel;

    /**
     * @param excel semicolons, decimal commas and a byte order mark, as a French Excel wants them
     */
    public CsvSheet(OutputStream out, boolean excel) throws IOException {
      this.excel = excel;
      OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      if (excel) {
        text.write('\uFEFF');
      }
      csv =
          CsvWriter.builder()
              .fieldSeparator(excel ? ';' : ',')
              .quoteStrategy(new SeparatorsQuoted())
              .build(text);
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) {
      List<String> texts = new ArrayList<>(cells.size());
      for (Object cell : cells) {
        texts.add(text(cell));
      }
      csv.writeRecord(texts);
    }

    private String text(@Nullable Object cell) {
      if (cell == null) {
        return "";
      }
      if (cell instanceof Number number) {
        return excel ? plain(number).replace('.', ',') : plain(number);
      }
      String text = cell.toString();
      // A plain number runs nothing, and must stay one.
      return text.startsWith("-") && NEGATIVE.matcher(text).matches()
          ? text
          : Formulas.neutralised(text);
    }

    @Override
    public void end() throws IOException {
      csv.flush();
    }
  }

  /**
   * Quotes what holds the separator of another dialect as well: LibreOffice splits at all of them,
   * unless they are quoted.
   */
  private static final class SeparatorsQuoted implements QuoteStrategy {
    @Override
    public boolean quoteValue(int line, int column, String value) {
      return value.indexOf(',') >= 0 || value.indexOf(';') >= 0 || value.indexOf('\t') >= 0;
    }
  }

  /** An xlsx of one table; a second sheet tells about it. */
  public static final class XlsxSheet implements Sheet {
    /** The most rows that Excel shows, the header included. */
    public static final int MOST_ROWS = 1_048_576;

    private final XlsxFile file;
    private final Sheet table;
    private final Notes notes;

    /** The second sheet. */
    public record Notes(String name, List<? extends List<String>> rows) {}

    /**
     * @param texts for each column, whether its cells are texts
     */
    public XlsxSheet(OutputStream out, String name, List<Boolean> texts, Notes notes) {
      this.file = new XlsxFile(out);
      this.table = file.table(name, texts);
      this.notes = notes;
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) {
      table.row(cells);
    }

    @Override
    public void end() throws IOException {
      table.end();
      file.end(notes);
    }
  }
}
