package fr.digital113.directory.web;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes the part of a path that names a thing from its name. */
public final class Slugs {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

  private Slugs() {}

  /** Lower-case ASCII letters and digits joined by single hyphens; empty when nothing is left. */
  public static String of(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    String spelled =
        plain.toLowerCase(Locale.ROOT).replace("œ", "oe").replace("æ", "ae").replace("ß", "ss");
    String joined = OTHERS.matcher(spelled).replaceAll("-");
    int start = joined.startsWith("-") ? 1 : 0;
    int end =
        joined.endsWith("-") && joined.length() > start ? joined.length() - 1 : joined.length();
    return joined.substring(start, end);
  }
}
