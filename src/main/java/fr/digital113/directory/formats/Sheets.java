package fr.digital113.directory.formats;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
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

    /**
     * @param excel semicolons and a byte order mark, as Excel wants them
     */
    public CsvSheet(OutputStream out, boolean excel) throws IOException {
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
   * Quotes what holds the separator of another dialect as well: LibreOffice splits at all of them,
   * unless they are quoted.
   */
  private static final class SeparatorsQuoted implements QuoteStrategy {
    @Override
    public boolean quoteValue(int line, int column, String value) {
      return value.indexOf(',') >= 0 || value.indexOf(';') >= 0 || value.indexOf('\t') >= 0;
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
    private static final int NARROWEST = 9; // characters
    private static final int WIDEST = 60;
    private static final String TEXT = "@";
    private static final String DAY = "yyyy-mm-dd";
    private static final String MOMENT = "yyyy-mm-dd hh:mm:ss";

    /** Excel knows no day before; it would show a number. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 3, 1);

    /** What Excel reads as the number of a character, {@code _x0041_}: "A". */
    private static final Pattern CODED = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private final Workbook workbook;
    private final Worksheet sheet;
    private final Notes notes;
    private final int[] widths;
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
      this.widths = new int[texts.size()];
      Arrays.fill(widths, NARROWEST);
      sheet.freezePane(0, 1);
      for (int i = 0; i < texts.size(); i++) {
        if (texts.get(i)) {
          sheet.style(i).format(TEXT).set();
        }
      }
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) {
      for (int i = 0; i < cells.size(); i++) {
        Object cell = cells.get(i);
        if (cell != null) {
          cell(i, cell);
        }
      }
      rows++;
      if (rows % FLUSHED_EVERY == 0) {
        try {
          flush();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private void cell(int column, Object cell) {
      if (cell instanceof Number number) {
        sheet.value(rows, column, number);
      } else if (cell instanceof Boolean truth) {
        sheet.value(rows, column, truth);
      } else if (cell instanceof LocalDate day && !day.isBefore(FIRST_DAY)) {
        sheet.value(rows, column, day);
        sheet.style(rows, column).format(DAY).set();
      } else if (cell instanceof Instant moment) {
        sheet.value(rows, column, LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
        sheet.style(rows, column).format(MOMENT).set();
      } else if (!cell.toString().isEmpty()) {
        text(column, cell.toString());
      }
      if (rows < FLUSHED_EVERY) {
        int length = cell instanceof Instant ? MOMENT.length() : cell.toString().length();
        widths[column] = Math.max(widths[column], Math.min(WIDEST, length + 2));
      }
    }

    /** A text that is read as it was by the import, which takes apostrophes off in CSV and here. */
    private void text(int column, String cell) {
      boolean changes = !Formulas.original(cell).equals(cell);
      sheet.inlineString(rows, column, shown(changes ? Formulas.neutralised(cell) : cell));
      if (!Formulas.neutralised(cell).equals(cell)) {
        sheet.style(rows, column).format(TEXT).set(); // runs nothing when it is edited either
      }
    }

    private static String shown(String text) {
      String fitting =
          text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 1) + "…";
      return CODED.matcher(fitting).replaceAll("_x005F_");
    }

    /** The widths are those of the first rows: they precede all rows in the file. */
    private void flush() throws IOException {
      if (rows <= FLUSHED_EVERY) {
        for (int i = 0; i < widths.length; i++) {
          sheet.width(i, widths[i]);
        }
      }
      sheet.flush();
    }

    @Override
    public void end() throws IOException {
      if (rows > 0 && widths.length > 0) {
        sheet.setAutoFilter(0, 0, rows - 1, widths.length - 1);
      }
      flush();
      sheet.finish();
      Worksheet second = workbook.newWorksheet(notes.name());
      for (int row = 0; row < notes.rows().size(); row++) {
        List<String> cells = notes.rows().get(row);
        for (int column = 0; column < cells.size(); column++) {
          second.inlineString(row, column, shown(cells.get(column)));
        }
      }
      workbook.finish();
    }
  }
}
