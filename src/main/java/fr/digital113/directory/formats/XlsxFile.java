package fr.digital113.directory.formats;

import fr.digital113.directory.formats.Sheets.XlsxSheet.Notes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
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

/**
 * An xlsx of tables, one a sheet, whose texts are text cells, so that Excel neither rounds a SIRET
 * nor drops a leading zero. A {@link BigDecimal} shows the decimals that it has. The last sheet
 * tells about the tables.
 */
public final class XlsxFile {
  /** The most characters that Excel keeps in a cell. */
  private static final int LONGEST_CELL = 32_767;

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
  private final List<String> names = new ArrayList<>();

  public XlsxFile(OutputStream out) {
    this.workbook = new Workbook(out, "Directory", "1.0");
  }

  /**
   * A table, the first row of which stays in sight. It has to end before the next one begins.
   *
   * @param name of the sheet; Excel shows 31 characters
   * @param texts for each column, whether its cells are texts
   */
  public Sheets.Sheet table(String name, List<Boolean> texts) {
    Worksheet sheet = workbook.newWorksheet(name);
    names.add(sheet.getName());
    return new Table(sheet, texts);
  }

  /** What the tables are called in the end: not longer than allowed, and each another name. */
  public List<String> names() {
    return names;
  }

  /** Writes the last sheet, and the end of the file; its stream is left open. */
  public void end(Notes notes) throws IOException {
    Worksheet last = workbook.newWorksheet(notes.name());
    for (int row = 0; row < notes.rows().size(); row++) {
      List<String> cells = notes.rows().get(row);
      for (int column = 0; column < cells.size(); column++) {
        last.inlineString(row, column, shown(cells.get(column)));
      }
    }
    workbook.finish();
  }

  private static String shown(String text) {
    String fitting =
        text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL - 1) + "…";
    return CODED.matcher(fitting).replaceAll("_x005F_");
  }

  private static final class Table implements Sheets.Sheet {
    private final Worksheet sheet;
    private final int[] widths;
    private int rows;

    Table(Worksheet sheet, List<Boolean> texts) {
      this.sheet = sheet;
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
        if (cell instanceof BigDecimal exact && exact.scale() > 0) {
          sheet.style(rows, column).format("0." + "0".repeat(exact.scale())).set();
        }
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
    }
  }
}
