package fr.digital113.directory.imports;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import fr.digital113.directory.web.Text;
import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Looks once through the XML of a workbook, streamed and with the reader's own parser, before the
 * reader sees it: the reader holds whole cells, rows and formulas, makes a list as wide as a
 * reference says, and parses numbers of any length.
 */
final class SheetCheck {
  private static final int COLUMNS = 16_384;
  private static final int ROWS = 1_048_576;

  /** Characters. Excel keeps 32,767, which escapes may lengthen, and a formula beside them. */
  private static final int LONGEST_CELL = 100_000;

  /** Characters of the number and of a formula beside it, which may have 8,192. */
  private static final int LONGEST_NUMBER = 1_000 + 8_192;

  private static final int LONGEST_ROW = 8 << 20;

  /** Bytes of a tag with its attributes, or of a text without a tag; some take 6 a character. */
  private static final int LONGEST_TOKEN = 1 << 20;

  /** The parser remembers every open tag. A sheet has some ten. */
  private static final int DEEPEST = 100;

  /** Formulas that other cells refer to are kept to the end; each costs about 100 characters. */
  private static final int MOST_FORMULAS = 16 << 20;

  /** What only parts that are held have. */
  private static final Set<String> NOT_OF_A_SHEET = Set.of("si", "xf", "numFmt");

  private static final Pattern REFERENCE =
      Pattern.compile("\\$?([A-Za-z]{1,3})\\$?0*([1-9][0-9]{0,6})");
  private static final XMLInputFactory XML = new InputFactoryImpl();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XML.setProperty(XMLInputFactory.IS_COALESCING, false);
  }

  private final boolean streamed;
  private boolean begun;
  private boolean sharesStrings;
  private boolean needsPlainTypes;
  private long row;
  private long rowText;
  private int cells;
  private int depth;
  private int column;
  private boolean inCell;
  private long text;
  private int longest;
  private boolean inKeptFormula;
  private long formulas;

  private SheetCheck(boolean streamed, boolean mustBeXml) {
    this.streamed = streamed;
    this.begun = mustBeXml;
  }

  /**
   * @param sharesStrings whether a cell refers to a shared string
   * @param needsPlainTypes whether a cell has a type that {@link PlainTypes} must replace
   */
  record Findings(boolean sharesStrings, boolean needsPlainTypes) {}

  /**
   * Unpacks the workbook once, within {@link XlsxLimits}. Every part is looked at, because the
   * workbook may call any of them a sheet.
   *
   * @throws UnreadableFileException when it is damaged, or the reader would hold too much of it
   */
  static Findings check(Path file) throws IOException {
    List<SheetCheck> parts = new ArrayList<>();
    XlsxLimits.unpack(
        file,
        (name, in) -> {
          boolean mustBeXml = name.toLowerCase(Locale.ROOT).endsWith(".xml");
          SheetCheck part = new SheetCheck(XlsxLimits.isStreamed(name), mustBeXml);
          part.read(in);
          parts.add(part);
        });
    return new Findings(
        parts.stream().anyMatch(part -> part.sharesStrings),
        parts.stream().anyMatch(part -> part.needsPlainTypes));
  }

  private void read(InputStream in) throws IOException {
    try {
      XMLStreamReader xml = XML.createXMLStreamReader(new ShortTokens(in));
      while (xml.hasNext()) {
        look(xml, xml.next());
      }
    } catch (XMLStreamException malformed) {
      if (malformed.getNestedException() instanceof IOException failed
          && !(failed instanceof CharConversionException)
          && !(failed instanceof UnsupportedEncodingException)) {
        throw failed;
      }
      // Pictures and the like are no XML from their first byte on.
      if (begun) {
        // What is too large besides is called so.
        in.transferTo(OutputStream.nullOutputStream());
        throw XlsxTable.damaged();
      }
    }
  }

  private void look(XMLStreamReader xml, int event) {
    switch (event) {
      case XMLStreamConstants.DTD -> throw XlsxTable.damaged();
      case XMLStreamConstants.START_ELEMENT -> {
        begun = true;
        start(xml);
      }
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
          characters(xml.getTextLength());
      case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
      default -> {}
    }
  }

  private void start(XMLStreamReader xml) {
    limit(++depth, DEEPEST);
    String name = xml.getLocalName();
    switch (name) {
      case "row" -> row(xml);
      case "c" -> cell(xml);
      case "f" -> {
        inKeptFormula = xml.getAttributeValue(null, "t") != null;
        formulas += inKeptFormula ? 100 : 0;
        limit(formulas, MOST_FORMULAS);
      }
      default -> {
        if (streamed && NOT_OF_A_SHEET.contains(name)) {
          throw XlsxLimits.tooLarge();
        }
      }
    }
  }

  private void end(String name) {
    depth--;
    switch (name) {
      case "c" -> inCell = false;
      case "f" -> inKeptFormula = false;
      default -> {}
    }
  }

  private void row(XMLStreamReader xml) {
    rowText = 0;
    text = inCell ? text : 0;
    cells = column = 0;
    long before = row++;
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals("r")) {
        String number = xml.getAttributeValue(i);
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

  private void cell(XMLStreamReader xml) {
    inCell = true;
    text = 0;
    longest = LONGEST_NUMBER;
    cells += row > 0 ? 1 : 0; // the chain of calculations names cells too, of no row
    column++;
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      switch (xml.getAttributeLocalName(i)) {
        case "r" -> reference(xml.getAttributeValue(i));
        case "t" -> type(xml.getAttributeValue(i));
        default -> {}
      }
    }
    if (column > COLUMNS) {
      throw outside(String.valueOf(column));
    }
    // Cells may all name one column.
    limit(cells, COLUMNS);
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

  // Text outside cells counts too where the part may be large; shared strings may not.
  private void characters(int length) {
    formulas += inKeptFormula ? length : 0;
    limit(formulas, MOST_FORMULAS);
    if (!streamed && !inCell) {
      return;
    }
    text += length;
    if (inCell && text > longest) {
      throw new UnreadableFileException(
          new Text("Ligne %d : une cellule est trop longue.", "Row %d: a cell is too long.")
              .with(row));
    }
    limit(text, LONGEST_CELL);
    rowText += length;
    limit(rowText, streamed ? LONGEST_ROW : Long.MAX_VALUE);
  }

  private static void limit(long size, long most) {
    if (size > most) {
      throw XlsxLimits.tooLarge();
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

  /** Refuses what the parser itself would hold: one long tag, or text that goes on and on. */
  private static final class ShortTokens extends FilterInputStream {
    private int length;

    ShortTokens(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
      int read = super.read(buffer, offset, wanted);
      for (int i = offset; i < offset + read; i++) {
        length = buffer[i] == '<' ? 0 : length + 1;
        limit(length, LONGEST_TOKEN);
      }
      return read;
    }
  }
}
