package fr.digital113.directory.index;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes texts sort by their letters first; case and accents only decide between equals. */
final class SortKeys {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^\\p{L}\\p{N}]+");

  private SortKeys() {}

  static String of(String text) {
    String letters =
        text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae");
    letters = MARKS.matcher(Normalizer.normalize(letters, Form.NFKD)).replaceAll("");
    letters = NOT_ALPHANUMERIC.matcher(letters.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    return letters + '\u0000' + text;
  }
}
