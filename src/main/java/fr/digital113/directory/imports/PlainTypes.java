package fr.digital113.directory.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLEventFactory;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;

/**
 * A copy of a workbook whose cell types the reader knows: it stops at ISO dates ({@code t="d"}) and
 * at any other type. A date becomes text; what has an unknown type becomes a boolean that is none,
 * which the reader marks as an error of that cell.
 */
final class PlainTypes {
  private static final Set<String> KNOWN = Set.of("b", "e", "n", "s", "str", "inlineStr");
  private static final XMLEventFactory EVENTS = XMLEventFactory.newDefaultFactory();

  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
  }

  private PlainTypes() {}

  static boolean replaces(String type) {
    return !KNOWN.contains(type);
  }

  /** The path of the copy, a temporary file that the caller deletes. */
  static Path copy(Path file) throws IOException {
    Path copy = Files.createTempFile("import", ".xlsx");
    try (ZipFile zip = new ZipFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        try (InputStream in = zip.getInputStream(entry)) {
          if (entry.getName().matches("(?i).*worksheets/.*\\.xml")) {
            rewrite(in, out);
          } else {
            in.transferTo(out);
          }
        }
      }
      return copy;
    } catch (XMLStreamException malformed) {
      Files.deleteIfExists(copy);
      throw XlsxTable.damaged();
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  private static void rewrite(InputStream in, OutputStream out) throws XMLStreamException {
    XMLEventReader reader = XML.createXMLEventReader(in);
    XMLEventWriter writer = XMLOutputFactory.newDefaultFactory().createXMLEventWriter(out, "UTF-8");
    while (reader.hasNext()) {
      XMLEvent event = reader.nextEvent();
      writer.add(isCell(event) ? withPlainType(event.asStartElement()) : event);
    }
    writer.flush();
  }

  private static boolean isCell(XMLEvent event) {
    return event.isStartElement() && event.asStartElement().getName().getLocalPart().equals("c");
  }

  private static StartElement withPlainType(StartElement cell) {
    List<Attribute> attributes = new ArrayList<>();
    for (Iterator<Attribute> all = cell.getAttributes(); all.hasNext(); ) {
      Attribute attribute = all.next();
      boolean odd =
          attribute.getName().getLocalPart().equals("t") && replaces(attribute.getValue());
      attributes.add(
          odd
              ? EVENTS.createAttribute("t", attribute.getValue().equals("d") ? "str" : "b")
              : attribute);
    }
    return EVENTS.createStartElement(cell.getName(), attributes.iterator(), cell.getNamespaces());
  }
}
