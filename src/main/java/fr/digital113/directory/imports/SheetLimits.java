package fr.digital113.directory.imports;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Looks through one XML part of a workbook for what the reader would hold in memory at once. */
final class SheetLimits {
  /** Excel writes up to 32,767 characters; the rows tell of a cell that is a little longer. */
  private static final int LONGEST_CELL = 100_000;

  private static final int LONGEST_ROW = 8 << 20;
  private static final int MOST_CELLS = 16_384;

  /** Bytes of a tag with its attributes, or of a text without a tag; some take 6 a character. */
  private static final int LONGEST_TOKEN = 1 << 20;

  /** Formulas that other cells refer to are kept to the end; each costs about 100 characters. */
  private static final int MOST_FORMULAS = 16 << 20;

  /** What only parts that are held have. */
  private static final Set<String> NOT_OF_A_SHEET = Set.of("si", "xf", "numFmt");

  private static final XMLInputFactory XML = new InputFactoryImpl();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XML.setProperty(XMLInputFactory.IS_COALESCING, false);
  }

  private final boolean streamed;
  private long cell;
  private long row;
  private int cells;
  private long formulas;
  private boolean inKeptFormula;

  private SheetLimits(boolean streamed) {
    this.streamed = streamed;
  }

  /**
   * Reads a part, or as much of it as is XML: the reader stops there too.
   *
   * @param streamed whether the part may be large because the reader streams it
   * @throws UnreadableFileException when too much would be held
   */
  static void check(InputStream part, boolean streamed) throws IOException {
    try {
      XMLStreamReader xml = XML.createXMLStreamReader(new ShortTokens(part));
      SheetLimits limits = new SheetLimits(streamed);
      while (xml.hasNext()) {
        limits.look(xml, xml.next());
      }
    } catch (XMLStreamException noXml) {
      if (noXml.getNestedException() instanceof IOException failed) {
        throw failed;
      }
    }
  }

  private void look(XMLStreamReader xml, int event) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> start(xml);
      case XMLStreamConstants.END_ELEMENT -> inKeptFormula &= !xml.getLocalName().equals("f");
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
        int length = xml.getTextLength();
        cell += length;
        row += length;
        formulas += inKeptFormula ? length : 0;
      }
      default -> {}
    }
    if (streamed && (cell > LONGEST_CELL || row > LONGEST_ROW)
        || cells > MOST_CELLS
        || formulas > MOST_FORMULAS) {
      throw XlsxLimits.tooLarge();
    }
  }

  private void start(XMLStreamReader xml) {
    String name = xml.getLocalName();
    switch (name) {
      case "row" -> {
        row = cell = 0;
        cells = 0;
      }
      case "c" -> {
        cell = 0;
        cells++;
        if (isBeyondTheLastColumn(xml.getAttributeValue(null, "r"))) {
          throw XlsxLimits.tooLarge();
        }
      }
      case "f" -> {
        inKeptFormula = xml.getAttributeValue(null, "t") != null;
        formulas += inKeptFormula ? 100 : 0;
      }
      default -> {
        if (streamed && NOT_OF_A_SHEET.contains(name)) {
          throw XlsxLimits.tooLarge();
        }
      }
    }
  }

  /** The reader makes room for every column before the one that a cell names: three letters. */
  private static boolean isBeyondTheLastColumn(@Nullable String reference) {
    return reference != null && reference.matches("[A-Za-z]{4}.*");
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
        if (length > LONGEST_TOKEN) {
          throw XlsxLimits.tooLarge();
        }
      }
      return read;
    }
  }
}
