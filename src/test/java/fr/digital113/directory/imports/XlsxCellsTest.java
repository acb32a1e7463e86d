package fr.digital113.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Workbooks that no spreadsheet writes, under the header {@code name, headcount}. */
class XlsxCellsTest {
  private static final String TYPES =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  private static final String MAIN =
      " xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String HEADER = row(1, text("A1", "name") + text("B1", "headcount"));

  static Path workbook(String rows) throws IOException {
    Map<String, String> parts =
        Map.of(
            "[Content_Types].xml",
            "<Types><Override PartName='/xl/workbook.xml' ContentType='%ssheet.main+xml'/>"
                    .formatted(TYPES)
                + "<Override PartName='/xl/styles.xml' ContentType='%sstyles+xml'/></Types>"
                    .formatted(TYPES),
            "xl/workbook.xml",
            "<workbook%s xmlns:r='%s'><sheets><sheet name='s' sheetId='1' r:id='r1'/></sheets></workbook>"
                .formatted(MAIN, RELATIONS),
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Target='worksheets/sheet1.xml'/></Relationships>",
            "xl/styles.xml",
            "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>",
            "xl/worksheets/sheet1.xml",
            "<worksheet%s><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return Loads.file(bytes.toByteArray());
  }

  static String row(int number, String cells) {
    return "<row r='%d'>%s</row>".formatted(number, cells);
  }

  static String text(String reference, String text) {
    return "<c r='%s' t='inlineStr'><is><t>%s</t></is></c>".formatted(reference, text);
  }

  /** Each row as its line, cells, and the column and code of what cannot be read. */
  private static List<String> read(String rows) throws IOException {
    List<String> read = new ArrayList<>();
    try (Table table = Tables.open(workbook(HEADER + rows), "members.xlsx")) {
      while (table.next()) {
        Table.Unreadable lost = table.unreadable();
        read.add(
            "%d %s %s%s"
                .formatted(
                    table.line(),
                    table.cell(0),
                    table.cell(1),
                    lost == null ? "" : " " + lost.column() + " " + lost.code()));
      }
    }
    return read;
  }

  private static void assertRefused(String rows, String message) {
    assertThatThrownBy(() -> read(rows))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("unreadable-file: " + message);
  }

  @Test
  void tellsAnUnreadableCellFromAnEmptyOne() throws IOException {
    assertThat(
            read(
                row(2, text("A2", "a") + "<c r='B2'><v>abc</v></c>")
                    + row(3, text("A3", "b") + "<c r='B3' t='s'><v>7</v></c>")
                    + row(4, text("A4", "c") + "<c r='B4' t='b'><v>2</v></c>")
                    + row(5, text("A5", "d") + "<c r='B5'/>")
                    + row(6, "<c r='B6'><f>1+1</f><v>abc</v></c>")))
        .containsExactly(
            "2 a null 1 unreadable_cell",
            "3 b null 1 unreadable_cell",
            "4 c null 1 unreadable_cell",
            "5 d null",
            "6 null null 1 unreadable_cell");
  }

  @Test
  void takesATextCellWithoutTextAsEmpty() throws IOException {
    assertThat(read(row(2, text("A2", "a") + "<c r='B2' t='inlineStr'/>")))
        .containsExactly("2 a null");
  }

  @Test
  void rejectsNumbersAndDatesBeyondExcelAlone() throws IOException {
    assertThat(
            read(
                row(2, text("A2", "a") + "<c r='B2'><v>1e999999</v></c>")
                    + row(3, text("A3", "b") + "<c r='B3' s='1'><v>1e300</v></c>")
                    + row(4, text("A4", "c") + "<c r='B4' s='1'><v>-1</v></c>")
                    + row(5, text("A5", "d") + "<c r='B5' s='1'><v>2958465</v></c>")))
        .containsExactly(
            "2 a null 1 invalid_number",
            "3 b null 1 invalid_date",
            "4 c null 1 invalid_date",
            "5 d 9999-12-31");
  }

  @Test
  void readsIsoDatesAndRejectsUnknownTypesAlone() throws IOException {
    assertThat(
            read(
                row(2, text("A2", "é&amp;") + "<c r='B2' t='d'><v>2019-02-05</v></c>")
                    + row(3, text("A3", "b") + "<c r='B3' t='d'><v>2019-02-05T00:00:00</v></c>")
                    + row(4, text("A4", "c") + "<c r='B4' t='zz'><v>5</v></c>")))
        .containsExactly("2 é& 2019-02-05", "3 b 2019-02-05", "4 c null 1 unreadable_cell");
  }

  @Test
  void refusesReferencesOutsideASheetAndRowsThatGoBack() {
    assertRefused(
        row(2, "<c r='FXSHRXW2'><v>1</v></c>"),
        "The cell reference \"FXSHRXW2\" lies outside an Excel sheet (XFD1048576 at most).");
    assertRefused(
        row(2, "<c r='XFE2'><v>1</v></c>"),
        "The cell reference \"XFE2\" lies outside an Excel sheet (XFD1048576 at most).");
    assertRefused(
        row(2, "<c r='A1048577'><v>1</v></c>"),
        "The cell reference \"A1048577\" lies outside an Excel sheet (XFD1048576 at most).");
    assertRefused(
        row(1_048_577, "<c/>"),
        "The cell reference \"1048577\" lies outside an Excel sheet (XFD1048576 at most).");
    assertRefused(
        row(2, "<c/>".repeat(16_385)),
        "The cell reference \"16385\" lies outside an Excel sheet (XFD1048576 at most).");
    assertRefused(
        row(3, text("A3", "a")) + row(2, text("A2", "b")),
        "Row 2 follows row 3 in the sheet: the workbook is damaged.");
    assertRefused(
        row(2, "<c r='A2'><v>" + "1".repeat(20_000) + "</v></c>"), "Row 2: a cell is too long.");
  }
}
