package fr.digital113.directory.imports.sirene;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes out of a text what nobody typed on purpose. */
final class CleanText {
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\p{Cc}]+");
  private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7E]++(?: [\\x21-\\x7E]++)*+");

  private CleanText() {}

  /**
   * The text without zero-width characters and with single spaces instead of tabs, line ends and
   * runs of spaces; null when nothing is left. Quotes and dashes stay as they are written.
   */
  static @Nullable String of(@Nullable String text) {
    if (text == null || PLAIN.matcher(text).matches()) {
      return text;
    }
    String visible = INVISIBLE.matcher(text).replaceAll("");
    String clean = SPACES.matcher(visible).replaceAll(" ").strip();
    return clean.isEmpty() ? null : clean;
  }
}
