package fr.digital113.directory.web;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes the part of a URL that names a thing: lower-case ASCII letters and digits, and hyphens. */
public final class Slugs {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");
  private static final Pattern REFERENCE =
      Pattern.compile("[0-9]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern EDGES = Pattern.compile("^-|-$");

  private Slugs() {}

  /**
   * Whether a slug would be taken for an official number or an id, by which paths name things as
   * well.
   */
  public static boolean isReference(String slug) {
    return REFERENCE.matcher(slug).matches();
  }

  /** The slug of a name; empty when the name has no Latin letter and no digit. */
  public static String of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String latin = lower.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss");
    String plain = ACCENTS.matcher(Normalizer.normalize(latin, Normalizer.Form.NFD)).replaceAll("");
    return EDGES.matcher(OTHER.matcher(plain).replaceAll("-")).replaceAll("");
  }
}
