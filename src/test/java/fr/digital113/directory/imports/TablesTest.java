package fr.digital113.directory.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;

class TablesTest {

  /** The header, then each row as its line and cells. */
  private static List<String> read(Path file) throws IOException {
    try (Table table = Tables.open(file, "members.csv")) {
      List<String> rows = new ArrayList<>(List.of(String.join("|", table.header())));
      while (table.next()) {
        StringBuilder row = new StringBuilder().append(table.line());
        for (int i = 0; i < table.header().size(); i++) {
          row.append('|').append(table.cell(i));
        }
        rows.add(row.toString());
      }
      return rows;
    }
  }

  private static List<String> read(String text, Charset charset) throws IOException {
    return read(Loads.file(text, charset));
  }

  private static void assertUnreadable(byte[] content, String message) {
    Path file = Loads.file(content);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("unreadable-file: " + message);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsUtf8WithAndWithoutByteOrderMarkAndWindows1252() throws IOException {
    List<String> expected = List.of("nom|ville", "2|Œuvre|Nîmes");

    assertThat(read("nom,ville\nŒuvre,Nîmes\n", StandardCharsets.UTF_8)).isEqualTo(expected);
    assertThat(read("\uFEFFnom;ville\r\nŒuvre;Nîmes\r\n", StandardCharsets.UTF_8))
        .isEqualTo(expected);
    assertThat(read("nom\tville\nŒuvre\tNîmes", Charset.forName("windows-1252")))
        .isEqualTo(expected);
  }

  @Test
  void findsUtf8WhoseCharactersLieAcrossBlocks() throws IOException {
    String row = "é".repeat(30_000) + "\n";

    assertThat(read("a,b\nx" + row + row + row + row, StandardCharsets.UTF_8).get(1))
        .isEqualTo("2|x" + "é".repeat(30_000) + "|null");
  }

  @Test
  void decidesTheSeparatorOutsideQuotes() throws IOException {
    assertThat(read("\"a,b,c\";d\n1,2;3\n", StandardCharsets.UTF_8))
        .containsExactly("a,b,c|d", "2|1,2|3");
  }

  @Test
  void countsPhysicalLinesAndSkipsEmptyRows() throws IOException {
    assertThat(read("a,b\n\"x\ny\",\"say \"\"hi\"\"\"\n\n,\nz\n", StandardCharsets.UTF_8))
        .containsExactly("a|b", "2|x\ny|say \"hi\"", "6|z|null");
  }

  @Test
  void trimsWhatNobodySees() throws IOException {
    assertThat(read("a,b\n\t\u200BAlpha \u00A0,\u200B\u00A0\nx\u0007y,z\n", StandardCharsets.UTF_8))
        .containsExactly("a|b", "2|Alpha|null", "3|xy|z");
  }

  @Test
  void saysWhyAFileCannotBeRead() {
    assertUnreadable(new byte[0], "The file \"members.csv\" is empty.");
    assertUnreadable(utf8("\n \n"), "The file is empty.");
    assertUnreadable(utf8("a,b\n"), "The file has no row under its header.");
    assertUnreadable(utf8("a,b\n1,\"2\n3,4\n"), "The quote opened on line 2 is never closed.");
    assertUnreadable(
        utf8("a,b\n1,2\n\"3\"x,4\n"),
        "Line 3: text follows a closing quote; a quote inside a cell is written twice.");
    assertUnreadable(utf8("a,b\n1,\0\n"), "The file is not text (a NUL byte on line 2).");
    assertUnreadable(utf8("a,A\n1,2\n"), "The column \"A\" is there twice (1 and 2).");
    assertUnreadable(utf8("a,,b\n1,2,3\n"), "Column 2 has no name.");
    assertUnreadable(
        "a,b\n".getBytes(StandardCharsets.UTF_16LE),
        "The file is not text (a NUL byte on line 1).");
    assertUnreadable(
        "\uFEFFa,b\n".getBytes(StandardCharsets.UTF_16LE),
        "The file is in UTF-16: save it as \"CSV UTF-8\".");
  }

  @Test
  void namesTheLineWithTooManyColumnsOrTooLongACell() {
    assertUnreadable(
        utf8("a,".repeat(100_000) + "b\n1,2\n"), "Line 1: there are too many columns.");
    assertUnreadable(
        utf8("a,b\n1,2\n" + "x".repeat(10 << 20) + ",3\n"), "Line 3: a cell is too long.");
  }

  @Test
  void readsTheFirstSheetOfAWorkbookAsPlainText() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("one");
      List<Object> header = List.of("siret", "share", "day", "hiring", "text");
      for (int i = 0; i < header.size(); i++) {
        sheet.value(0, i, (String) header.get(i));
      }
      sheet.value(2, 0, 73282932000074L);
      sheet.value(2, 1, 43.6);
      sheet.value(2, 2, LocalDate.of(2019, 2, 5));
      sheet.style(2, 2).format("dd/MM/yyyy").set();
      sheet.value(2, 3, Boolean.TRUE);
      sheet.inlineString(2, 4, " =1+1 ");
      workbook.newWorksheet("two").value(0, 0, "ignored");
      workbook.finish();
    }

    assertThat(read(Loads.file(bytes.toByteArray())))
        .containsExactly(
            "siret|share|day|hiring|text", "3|73282932000074|43.6|2019-02-05|true|=1+1");
  }

  @Test
  void refusesDamagedWorkbooksAndArchivesThatUnpackToTooMuch() throws IOException {
    String damaged = "The xlsx workbook is damaged, or is none.";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
      workbook.newWorksheet("one").value(0, 0, "a");
      workbook.finish();
    }
    byte[] whole = bytes.toByteArray();
    byte[] broken = whole.clone();
    broken[60] ^= 0x55;

    assertUnreadable(java.util.Arrays.copyOf(whole, whole.length / 2), damaged);
    assertUnreadable(broken, damaged);
    assertUnreadable(zip("readme.txt", 10), damaged);
    assertRefused("xl/a.xml", utf8("<a><b></a>"), damaged);
    assertRefused("xl/a.xml", utf8("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), damaged);
    assertRefused("xl/a.xml", utf8("<?xml version='1.0' encoding='none'?><a/>"), damaged);
    assertRefused("xl/a.xml", new byte[0], damaged);
    assertRefused("xl/a.bin", utf8("<a>"), damaged);
    assertUnreadable(
        zip("xl/worksheets/sheet1.xml", 64 << 20),
        "The workbook is too large once unpacked: save it as CSV.");
  }

  @Test
  void refusesWorkbooksThatWouldFillTheMemoryWhateverTheirPartsAreCalled() throws IOException {
    byte[] random = new byte[(32 << 20) + 1]; // packs badly, as names of people do
    new Random(1).nextBytes(random);
    random[0] = 'x';
    String strings = "<sst><si><t>" + "a".repeat(90_000) + "</t></si></sst>";
    String row = "<worksheet><sheetData><row>%s</row></sheetData></worksheet>";
    String sheet = "xl/worksheets/sheet1.xml";

    assertTooLarge("xl/strings.xml", random);
    assertTooLarge("xl/worksheets/strings.xml", utf8(strings));
    assertRefused(
        sheet,
        utf8(row.formatted("<c t='str'><v>" + "1".repeat(100_001) + "</v></c>")),
        "Row 1: a cell is too long.");
    assertRefused(
        sheet,
        utf8(row.formatted("<c r='AAAAAAA1'/>")),
        "The cell reference \"AAAAAAA1\" lies outside an Excel sheet (XFD1048576 at most).");
    assertTooLarge(sheet, utf8(row.formatted("<x>" + "1".repeat(100_001) + "</x>")));
    assertTooLarge(sheet, utf8(row.formatted("<c r='A1'/>".repeat(16_385))));
    assertTooLarge(
        sheet, utf8(row.formatted("<c r='A1'><f t='shared'/></c></row><row>".repeat(167_773))));
    assertTooLarge(sheet, utf8(row.formatted("<c x='" + "1".repeat(1 << 20) + "'/>")));
    assertTooLarge(
        sheet,
        utf8(row.formatted(("<c t='str'><v>" + "1".repeat(99_999) + "</v></c>").repeat(84))));
  }

  private static void assertTooLarge(String name, byte[] content) throws IOException {
    assertRefused(name, content, "The workbook is too large once unpacked: save it as CSV.");
  }

  private static void assertRefused(String name, byte[] content, String message)
      throws IOException {
    Path file = Loads.file(zip(name, content));
    assertThatThrownBy(() -> SheetCheck.check(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("unreadable-file: " + message);
  }

  @Test
  void readsTheLongestCellThatExcelWrites() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("one");
      sheet.inlineString(0, 0, "a");
      sheet.inlineString(1, 0, "é&".repeat(16_383));
      workbook.finish();
    }

    assertThat(read(Loads.file(bytes.toByteArray())))
        .containsExactly("a", "2|" + "é&".repeat(16_383));
  }

  private static byte[] zip(String name, int zeros) throws IOException {
    return zip(name, new byte[zeros]);
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }
}
