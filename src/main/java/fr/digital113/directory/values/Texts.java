package fr.digital113.directory.values;

import fr.digital113.directory.web.Text;
import java.util.regex.Pattern;

/** What texts may hold, and texts as requests write them: nothing of them is mended unasked. */
public final class Texts {
  /** What a browser would take for a tag, or nearly. A comparison has a space or a digit there. */
  private static final Pattern HTML =
      Pattern.compile(
          "<[\\p{L}/!?]|<\\s+/?(script|iframe|object|embed|svg|img|style|link|meta|form)\\b",
          Pattern.CASE_INSENSITIVE);

  // Those of direction too: with them a name is shown as another one than it is.
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\t]]|[\\u202A-\\u202E\\u2066-\\u2069]");

  private Texts() {}

  /**
   * Text of a request on one line. Nobody types control characters into a form, so that they are
   * refused where a file's are dropped.
   */
  public static Parser<String> line(int longest) {
    return text -> {
      String line = CellText.line(withoutControl(text.strip()));
      if (text.indexOf('\n') >= 0) {
        throw controlCharacter();
      }
      return filled(checked(line, longest));
    };
  }

  /** Text of a request that may have several lines. */
  public static Parser<String> paragraphs(int longest) {
    return text -> filled(checked(withoutControl(text.replace("\r\n", "\n").strip()), longest));
  }

  private static String withoutControl(String text) throws BadValueException {
    if (CONTROL.matcher(text).find()) {
      throw controlCharacter();
    }
    return text;
  }

  private static BadValueException controlCharacter() {
    return new BadValueException(
        "control_character",
        "Le texte ne doit pas contenir de caractères de contrôle.",
        "The text must not hold control characters.");
  }

  private static String filled(String text) throws BadValueException {
    if (text.isEmpty()) {
      throw new BadValueException(
          "empty", "Le texte est vide ; null l'efface.", "The text is empty; null removes it.");
    }
    return text;
  }

  /** An address of a request, which names its scheme. */
  public static String url(String text) throws BadValueException {
    if (!text.regionMatches(true, 0, "http://", 0, 7)
        && !text.regionMatches(true, 0, "https://", 0, 8)) {
      throw Values.badUrl();
    }
    return Values.url(text);
  }

  /** The text, when it is short enough and no HTML. */
  static String checked(String text, int longest) throws BadValueException {
    if (text.length() > longest) {
      throw new BadValueException(
          "too_long", new Text("Plus de %d caractères.", "More than %d characters.").with(longest));
    }
    if (HTML.matcher(text).find()) {
      throw new BadValueException(
          "html", "Le texte ne doit pas contenir de HTML.", "The text must not hold HTML.");
    }
    return text;
  }
}
