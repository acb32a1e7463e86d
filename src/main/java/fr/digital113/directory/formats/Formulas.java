package fr.digital113.directory.formats;

import java.util.regex.Pattern;

/** Cells that a spreadsheet would run as formulas: written with an apostrophe, read without it. */
public final class Formulas {
  private static final Pattern FORMULA = Pattern.compile("^'*[=+\\-@\\t\\r].*", Pattern.DOTALL);
  private static final Pattern NEUTRALISED = Pattern.compile("^'+[=+\\-@].*", Pattern.DOTALL);

  private Formulas() {}

  /** Puts an apostrophe before what a spreadsheet would run as a formula. */
  public static String neutralised(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  /** Takes back the apostrophe that {@link #neutralised} puts. */
  public static String original(String cell) {
    return cell.charAt(0) == '\'' && NEUTRALISED.matcher(cell).matches() ? cell.substring(1) : cell;
  }
}
