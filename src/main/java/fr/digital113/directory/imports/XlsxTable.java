package fr.digital113.directory.imports;

import fr.digital113.directory.values.CellText;
import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** The first sheet of an xlsx workbook as a table. */
final class XlsxTable implements Table {
  private static final int SECONDS_A_DAY = 86_400;

  /** Excel's days end with the year 9999. */
  private static final int DAYS = 2_958_466;

  private static final Pattern MIDNIGHT =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T00:00(:00(\\.0+)?)?");

  /** How xlsx writes characters that XML cannot hold, by their number. */
  private static final Pattern CODED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private final ReadableWorkbook workbook;
  private final Stream<Row> stream;
  private final Iterator<Row> rows;
  private final List<String> header;
  private final boolean sharesStrings;
  private @Nullable Row current;

  /**
   * @param sharesStrings whether a text cell without a text may refer to one that is not there
   */
  private XlsxTable(ReadableWorkbook workbook, boolean sharesStrings) throws IOException {
    this.workbook = workbook;
    this.sharesStrings = sharesStrings;
    this.stream = workbook.getFirstSheet().openStream();
    this.rows = stream.iterator();
    current = advance();
    if (current == null) {
      throw new UnreadableFileException(
          new Text("La première feuille est vide.", "The first sheet is empty."));
    }
    List<@Nullable String> names = new ArrayList<>();
    for (int i = 0; i < current.getCellCount(); i++) {
      names.add(cell(i));
    }
    this.header = Tables.header(names);
  }

  static XlsxTable open(Path file) throws IOException {
    SheetCheck.Findings findings = SheetCheck.check(file);
    if (!findings.needsPlainTypes()) {
      return open(file, findings);
    }
    Path copy = PlainTypes.copy(file);
    try {
      // An open file is read to its end after its name is gone.
      return open(copy, findings);
    } finally {
      Files.delete(copy);
    }
  }

  private static XlsxTable open(Path file, SheetCheck.Findings findings) throws IOException {
    ReadableWorkbook workbook = null;
    try {
      workbook = workbook(file);
      return new XlsxTable(workbook, findings.sharesStrings());
    } catch (UnreadableFileException e) {
      close(workbook);
      throw e;
    } catch (IOException | RuntimeException damaged) {
      close(workbook);
      throw damaged();
    }
  }

  // A workbook without styles is legal, and has no formats to read.
  private static ReadableWorkbook workbook(Path file) throws IOException {
    try {
      return new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
    } catch (ExcelReaderException withoutStyles) {
      return new ReadableWorkbook(file.toFile(), new ReadingOptions(false, true));
    }
  }

  private static void close(@Nullable ReadableWorkbook workbook) throws IOException {
    if (workbook != null) {
      workbook.close();
    }
  }

  static UnreadableFileException damaged() {
    return new UnreadableFileException(
        new Text(
            "Le classeur xlsx est endommagé ou n'en est pas un.",
            "The xlsx workbook is damaged, or is none."));
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public boolean next() {
    try {
      current = advance();
      return current != null;
    } catch (RuntimeException damaged) {
      // The reader has no exception of its own for every kind of damage.
      throw damaged();
    }
  }

  @Override
  public long line() {
    return row().getRowNum();
  }

  @Override
  public @Nullable String cell(int column) {
    Row row = row();
    return column < row.getCellCount() ? CellText.clean(text(row.getCell(column))) : null;
  }

  @Override
  public @Nullable Unreadable unreadable() {
    for (Cell cell : row()) {
      Unreadable found = cell == null ? null : unreadable(cell);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public int width() {
    int width = row().getCellCount();
    while (width > header.size() && cell(width - 1) == null) {
      width--;
    }
    return width;
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }

  private Row row() {
    if (current == null) {
      throw new IllegalStateException("no current row");
    }
    return current;
  }

  private @Nullable Row advance() {
    while (rows.hasNext()) {
      Row next = rows.next();
      for (Cell cell : next) {
        if (cell != null && (CellText.clean(text(cell)) != null || unreadable(cell) != null)) {
          return next;
        }
      }
    }
    return null;
  }

  /** The text of a cell, in which {@code _x005F_} is an underscore that would else begin a code. */
  private static String decoded(String text) {
    return text.contains("_x")
        ? CODED
            .matcher(text)
            .replaceAll(
                code ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(code.group(1), 16))))
        : text;
  }

  /** Null when the cell is empty, and when it is unreadable. */
  private @Nullable String text(@Nullable Cell cell) {
    Object value = cell == null ? null : cell.getValue();
    if (cell == null || value == null || unreadable(cell) != null) {
      return null;
    }
    if (value instanceof BigDecimal number) {
      return isDate(cell) ? date(number.doubleValue()) : plain(number);
    }
    String text = decoded(value.toString());
    return MIDNIGHT.matcher(text).matches() ? text.substring(0, 10) : text;
  }

  private @Nullable Unreadable unreadable(Cell cell) {
    int column = cell.getColumnIndex();
    Object value = cell.getValue();
    if (value instanceof BigDecimal number) {
      double shown = number.doubleValue();
      if (isDate(cell) && !(shown >= 0 && shown < DAYS)) {
        return new Unreadable(
            column,
            "invalid_date",
            new Text("Ce n'est pas une date d'Excel.", "This is no date of Excel."));
      }
      return Double.isInfinite(shown)
          ? new Unreadable(
              column,
              "invalid_number",
              new Text("Ce nombre est trop grand.", "This number is too large."))
          : null;
    }
    String raw = cell.getRawValue();
    boolean lost =
        raw != null && !raw.isEmpty() || sharesStrings && cell.getType() == CellType.STRING;
    return value == null && lost
        ? new Unreadable(
            column,
            "unreadable_cell",
            new Text(
                "Le classeur ne donne pas de valeur lisible à cette cellule.",
                "The workbook has no readable value for this cell."))
        : null;
  }

  /**
   * Excel stores 43.6 as 43.600000000000001: the shortest decimal of the double is what it shows.
   */
  private static String plain(BigDecimal number) {
    BigDecimal shown = new BigDecimal(Double.toString(number.doubleValue()));
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }

  private String date(double serial) {
    LocalDate epoch =
        workbook.isDate1904()
            ? LocalDate.of(1904, 1, 1)
            // Excel believes in 29 February 1900.
            : serial < 60 ? LocalDate.of(1899, 12, 31) : LocalDate.of(1899, 12, 30);
    long seconds = Math.round(serial * SECONDS_A_DAY);
    LocalDateTime time = epoch.atStartOfDay().plusSeconds(seconds);
    return seconds % SECONDS_A_DAY == 0 ? time.toLocalDate().toString() : time.toString();
  }

  private static boolean isDate(Cell cell) {
    Integer id = cell.getDataFormatId();
    String format = cell.getDataFormatString();
    if (format == null || format.isEmpty()) {
      return id != null
          && (id >= 14 && id <= 22
              || id >= 27 && id <= 36
              || id >= 45 && id <= 47
              || id >= 50 && id <= 58);
    }
    String symbols =
        format.toLowerCase(Locale.ROOT).replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.|_.|\\*.", "");
    return !symbols.contains("general") && symbols.matches(".*[dmyhs].*");
  }
}
