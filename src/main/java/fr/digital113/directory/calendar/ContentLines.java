package fr.digital113.directory.calendar;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the lines of an iCalendar text (RFC 5545, 3.1): names, parameters and values, escaped and
 * folded. Whatever a text holds stays in its value.
 *
 * <p>No library does it here. ical4j, the one for Java that is kept well, folds by characters, not
 * octets, and through the middle of some; it leaves carriage returns and control characters as they
 * are, and reads every time by time zones of its own. It is the reader that the tests read with.
 */
final class ContentLines {
  /** Without the line end. */
  private static final int LONGEST_LINE = 75;

  private static final String LINE_END = "\r\n";

  // Some readers end a line at the separators of Unicode, as at those of ASCII.
  private static final Pattern NEW_LINE = Pattern.compile("\r\n|[\r\n\u2028\u2029]");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\n\t]]");
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private final StringBuilder lines = new StringBuilder();

  /** A line as it is. */
  void line(String name, String value) {
    fold(name + ":" + value);
  }

  void begin(String component) {
    line("BEGIN", component);
  }

  void end(String component) {
    line("END", component);
  }

  /** A text value (3.3.11). */
  void text(String name, String value) {
    line(name, escaped(value));
  }

  /** Several text values in one. */
  void texts(String name, List<String> values) {
    line(name, values.stream().map(ContentLines::escaped).collect(Collectors.joining(",")));
  }

  void uri(String name, URI value) {
    line(name, value.toASCIIString());
  }

  byte[] bytes() {
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The value of a parameter, in quotes, with the escapes of RFC 6868. */
  static String quoted(String value) {
    String escaped = clean(value).replace("^", "^^").replace("\"", "^'").replace("\n", "^n");
    return '"' + escaped + '"';
  }

  private static String escaped(String value) {
    return clean(value)
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replace("\n", "\\n");
  }

  private static String clean(String value) {
    String oneLineEnd = NEW_LINE.matcher(value).replaceAll("\n");
    String visible = CONTROL.matcher(oneLineEnd).replaceAll("");
    return LONE_SURROGATE.matcher(visible).replaceAll("\uFFFD");
  }

  /** Folds by octets of UTF-8, never through a character. */
  private void fold(String line) {
    int octets = 0;
    for (int i = 0; i < line.length(); ) {
      int character = line.codePointAt(i);
      int size = octets(character);
      if (octets + size > LONGEST_LINE) {
        lines.append(LINE_END).append(' ');
        octets = 1;
      }
      lines.appendCodePoint(character);
      octets += size;
      i += Character.charCount(character);
    }
    lines.append(LINE_END);
  }

  private static int octets(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }
}
