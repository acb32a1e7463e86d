package fr.digital113.directory.formats;

/**
 * Texts that a spreadsheet would run as formulas: written with an apostrophe, read without it.
 *
 * <p>A spreadsheet splits a file at the separator of its own country, whatever the file meant and
 * quotes or not: of {@code a;=1+1} an Excel of France runs the second half, of {@code a,=1+1} one
 * of England. So each sign counts that begins the text, or follows a separator or a line end in it,
 * with only spaces, quotes and what is invisible between.
 */
public final class Formulas {
  /** Signs that begin a formula; an Excel of Japan takes the wide ones too. */
  private static final String SIGNS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  private static final String LINE_AND_TAB = "\t\r\n";
  private static final String SEPARATORS = ";," + LINE_AND_TAB;
  private static final char APOSTROPHE = '\'';

  private Formulas() {}

  /** Puts an apostrophe before what a spreadsheet would run as a formula. */
  public static String neutralised(String text) {
    return mayBegin(text) ? rewritten(text, false) : text;
  }

  /** Behind a letter or digit no sign begins anything: nearly all cells are told apart by that. */
  private static boolean mayBegin(String text) {
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if ((SIGNS.indexOf(next) >= 0 || LINE_AND_TAB.indexOf(next) >= 0)
          && (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))) {
        return true;
      }
    }
    return false;
  }

  /** Takes back the apostrophes that {@link #neutralised} puts. */
  public static String original(String cell) {
    return cell.indexOf(APOSTROPHE) < 0 ? cell : rewritten(cell, true);
  }

  /** One apostrophe more, or less, where those that precede a sign begin. */
  private static String rewritten(String text, boolean back) {
    StringBuilder rewritten = new StringBuilder(text.length() + 1);
    boolean begins = true; // only what a spreadsheet passes over came since the last separator
    int apostrophes = -1; // where they begin, in what is written
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      boolean sign = begins && (SIGNS.indexOf(next) >= 0 || i == leading(text, next));
      if (sign) {
        if (!back) {
          rewritten.insert(apostrophes < 0 ? rewritten.length() : apostrophes, APOSTROPHE);
        } else if (apostrophes >= 0) {
          rewritten.deleteCharAt(apostrophes);
        }
      }
      if (begins && next == APOSTROPHE) {
        apostrophes = apostrophes < 0 ? rewritten.length() : apostrophes;
      } else {
        boolean goesOn = begins && !sign && apostrophes < 0 && isPassedOver(next);
        begins = goesOn || SEPARATORS.indexOf(next) >= 0;
        apostrophes = -1;
      }
      rewritten.append(next);
    }
    return rewritten.toString();
  }

  /** Where a tab or line end counts as a sign: after nothing but apostrophes; -1 for others. */
  private static int leading(String text, char next) {
    if (LINE_AND_TAB.indexOf(next) < 0) {
      return -1;
    }
    int first = 0;
    while (text.charAt(first) == APOSTROPHE) {
      first++;
    }
    return first;
  }

  private static boolean isPassedOver(char next) {
    return next == '"'
        || Character.isWhitespace(next)
        || Character.isSpaceChar(next)
        || Character.isISOControl(next)
        || Character.getType(next) == Character.FORMAT;
  }
}
