package fr.digital113.directory.formats;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Writes rows of texts and numbers as CSV or xlsx, streamed. */
public final class Sheets {
  private static final Pattern NEGATIVE = Pattern.compile("-[0-9]+(\\.[0-9]+)?");

  private Sheets() {}

  /** Takes rows one by one. It holds nothing that must be closed. */
  public interface Sheet {
    /** A row; its cells are texts, numbers or nothing. */
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

    /**
     * @param excel semicolons and a byte order mark, as Excel wants them
     */
    public CsvSheet(OutputStream out, boolean excel) throws IOException {
      OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      if (excel) {
        text.write('\uFEFF');
      }
      csv = CsvWriter.builder().fieldSeparator(excel ? ';' : ',').build(text);
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) {
      List<String> texts = new ArrayList<>(cells.size());
      for (Object cell : cells) {
        texts.add(text(cell));
      }
      csv.writeRecord(texts);
    }

    private static String text(@Nullable Object cell) {
      if (cell == null) {
        return "";
      }
      if (cell instanceof Number number) {
        return plain(number);
      }
      String text = cell.toString();
      // A plain number runs nothing, and must stay one.
      return NEGATIVE.matcher(text).matches() ? text : Formulas.neutralised(text);
    }

    @Override
    public void end() throws IOException {
      csv.flush();
    }
  }

  /**
   * An xlsx whose texts are text cells, so that Excel neither rounds a SIRET nor drops a leading
   * zero. A second sheet tells about the first.
   */
  public static final class XlsxSheet implements Sheet {
    /** The most rows that Excel shows, the header included. */
    public static final int MOST_ROWS = 1_048_576;

    /** The most characters that Excel keeps in a cell. */
    public static final int LONGEST_CELL = 32_767;

    private static final int FLUSHED_EVERY = 500;

    private final Workbook workbook;
    private final Worksheet sheet;
    private final Notes notes;
    private int rows;

    /** The second sheet. */
    public record Notes(String name, List<? extends List<String>> rows) {}

    /**
     * @param texts for each column, whether its cells are texts
     */
    public XlsxSheet(OutputStream out, String name, List<Boolean> texts, Notes notes) {
      this.workbook = new Workbook(out, "Directory", "1.0");
      this.sheet = workbook.newWorksheet(name);
      this.notes = notes;
      sheet.freezePane(0, 1);
      for (int i = 0; i < texts.size(); i++) {
        if (texts.get(i)) {
          sheet.style(i).format("@").set();
        }
      }
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) {
      for (int i = 0; i < cells.size(); i++) {
        Object cell = cells.get(i);
        if (cell instanceof Number number) {
          sheet.value(rows, i, number);
        } else if (cell != null) {
          text(i, cell.toString());
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

    private void text(int column, String cell) {
      if (!cell.isEmpty()) {
        // As the CSV does, so that a leading apostrophe means the same in both.
        String text = cell.startsWith("'") ? Formulas.neutralised(cell) : cell;
        sheet.inlineString(rows, column, fitting(text));
      }
    }

    private static String fitting(String text) {
      return text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 1) + "…";
    }

    @Override
    public void end() throws IOException {
      sheet.finish();
      Worksheet second = workbook.newWorksheet(notes.name());
      for (int row = 0; row < notes.rows().size(); row++) {
        List<String> cells = notes.rows().get(row);
        for (int column = 0; column < cells.size(); column++) {
          second.inlineString(row, column, fitting(cells.get(column)));
        }
      }
      workbook.finish();
    }
  }
}
