package fr.digital113.directory.imports;

import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks through the XML of a workbook, streamed, before the reader sees it: the reader makes a list
 * as wide as a reference says, and parses numbers of any length.
 */
final class SheetCheck {
  private static final int COLUMNS = 16_384;
  private static final int ROWS = 1_048_576;

  /** Characters. Excel keeps 32,767, which escapes may lengthen. */
  private static final int LONGEST_CELL = 300_000;

  private static final int LONGEST_NUMBER = 1_000;
  private static final Pattern REFERENCE =
      Pattern.compile("\\$?([A-Za-z]{1,3})\\$?0*([1-9][0-9]{0,6})");
  private static final XMLInputFactory XML = factory();

  private boolean sharesStrings;
  private boolean needsPlainTypes;
  private long row;
  private int column;
  private int text;
  private int longest;
  private boolean inCell;

  private SheetCheck() {}

  /**
   * @param sharesStrings whether a cell refers to a shared string
   * @param needsPlainTypes whether a cell has a type that {@link PlainTypes} must replace
   */
  record Findings(boolean sharesStrings, boolean needsPlainTypes) {}

  // Every part is looked at, because the workbook may call any of them a sheet.
  static Findings check(Path file) throws IOException {
    SheetCheck check = new SheetCheck();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          check.part(in, entry.getName().toLowerCase(Locale.ROOT).endsWith(".xml"));
        }
      }
    }
    return new Findings(check.sharesStrings, check.needsPlainTypes);
  }

  static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  private void part(InputStream in, boolean mustBeXml) throws IOException {
    row = 0;
    inCell = false;
    boolean begun = mustBeXml;
    try {
      XMLStreamReader reader = XML.createXMLStreamReader(in);
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.DTD -> throw XlsxTable.damaged();
          case XMLStreamConstants.START_ELEMENT -> {
            begun = true;
            start(reader);
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              characters(reader.getTextLength());
          case XMLStreamConstants.END_ELEMENT -> {
            if (reader.getLocalName().equals("c")) {
              inCell = false;
            }
          }
          default -> {}
        }
      }
    } catch (XMLStreamException malformed) {
      // Pictures and the like are no XML from their first byte on.
      if (begun) {
        throw XlsxTable.damaged();
      }
    }
  }

  private void start(XMLStreamReader reader) {
    switch (reader.getLocalName()) {
      case "row" -> row(reader);
      case "c" -> cell(reader);
      default -> {}
    }
  }

  private void row(XMLStreamReader reader) {
    column = 0;
    long before = row++;
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals("r")) {
        String number = reader.getAttributeValue(i);
        if (!number.matches("[0-9]{1,9}")) {
          throw outside(number);
        }
        row = Long.parseLong(number);
        if (row <= before) {
          throw new UnreadableFileException(
              new Text(
                      "La ligne %d suit la ligne %d dans la feuille : le classeur est endommagé.",
                      "Row %d follows row %d in the sheet: the workbook is damaged.")
                  .with(row, before));
        }
      }
    }
    if (row > ROWS) {
      throw outside(String.valueOf(row));
    }
  }

  private void cell(XMLStreamReader reader) {
    inCell = true;
    text = 0;
    longest = LONGEST_NUMBER;
    column++;
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      switch (reader.getAttributeLocalName(i)) {
        case "r" -> reference(reader.getAttributeValue(i));
        case "t" -> type(reader.getAttributeValue(i));
        default -> {}
      }
    }
    if (column > COLUMNS) {
      throw outside(String.valueOf(column));
    }
  }

  private void type(String type) {
    longest = type.equals("n") ? LONGEST_NUMBER : LONGEST_CELL;
    sharesStrings |= type.equals("s");
    needsPlainTypes |= PlainTypes.replaces(type);
  }

  private void reference(String reference) {
    Matcher parts = REFERENCE.matcher(reference);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > ROWS) {
      throw outside(reference);
    }
    column = 0;
    for (char letter : parts.group(1).toUpperCase(Locale.ROOT).toCharArray()) {
      column = column * 26 + letter - 'A' + 1;
    }
    if (column > COLUMNS) {
      throw outside(reference);
    }
  }

  // A formula lies in the cell too, and may have 8,192 characters.
  private void characters(int length) {
    if (!inCell) {
      return;
    }
    text += length;
    if (text > longest + 8_192) {
      throw new UnreadableFileException(
          new Text("Ligne %d : une cellule est trop longue.", "Row %d: a cell is too long.")
              .with(row));
    }
  }

  private static UnreadableFileException outside(String reference) {
    String shown = reference.length() <= 20 ? reference : reference.substring(0, 20);
    return new UnreadableFileException(
        new Text(
                "La référence de cellule « %s » sort d'une feuille Excel (XFD1048576 au plus).",
                "The cell reference \"%s\" lies outside an Excel sheet (XFD1048576 at most).")
            .with(shown));
  }
}
