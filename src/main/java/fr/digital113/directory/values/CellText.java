package fr.digital113.directory.values;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every cell goes through before anything is made of it. */
public final class CellText {

  /** The most characters that Excel keeps in a cell. */
  public static final int LONGEST = 32_767;

  // Nobody sees these, and nobody types them: byte order marks, zero-width and direction marks,
  // control characters.
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cc}&&[^\\n\\t]]|[\\u200B\\u2060\\uFEFF\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");
  private static final Pattern FORMAT = Pattern.compile("\\p{Cf}");
  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\p{Cc}]+");
  private static final Pattern ONE_LINE = Pattern.compile("[\\x21-\\x7E]++(?: [\\x21-\\x7E]++)*+");

  private CellText() {}

  /** The cell without invisible characters and white space around; null when nothing is left. */
  public static @Nullable String clean(@Nullable String cell) {
    if (cell == null || cell.isEmpty()) {
      return null;
    }
    String visible = isPlain(cell) ? cell : INVISIBLE.matcher(cell).replaceAll("");
    int start = 0;
    int end = visible.length();
    while (start < end && isBlank(visible.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(visible.charAt(end - 1))) {
      end--;
    }
    return start == end ? null : visible.substring(start, end);
  }

  /**
   * A clean cell on one line: without zero-width characters, and with single spaces instead of
   * tabs, line ends and runs of spaces. Quotes and dashes stay as written.
   */
  public static String line(String cell) {
    if (ONE_LINE.matcher(cell).matches()) {
      return cell;
    }
    String visible = FORMAT.matcher(cell).replaceAll("");
    return SPACES.matcher(visible).replaceAll(" ").strip();
  }

  private static boolean isPlain(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c < ' ' && c != '\n' && c != '\t' || c > '~' && (c < 'À' || c > 'ſ')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
