package fr.digital113.directory.values;

import java.util.regex.Pattern;

/** The numbers of companies and establishments. The database checks the same. */
public final class Identifiers {
  private static final Pattern SIREN = Pattern.compile("\\d{9}");
  private static final Pattern SIRET = Pattern.compile("\\d{14}");
  private static final String LA_POSTE = "356000000";

  private Identifiers() {}

  /** Whether a text is nine digits that pass Luhn. */
  public static boolean isSiren(String text) {
    return SIREN.matcher(text).matches() && passesLuhn(text);
  }

  /**
   * Whether a text is fourteen digits that pass Luhn. Establishments of La Poste do not follow it:
   * the sum of their digits divides by 5.
   */
  public static boolean isSiret(String text) {
    if (!SIRET.matcher(text).matches()) {
      return false;
    }
    return passesLuhn(text)
        || text.startsWith(LA_POSTE) && text.chars().map(c -> c - '0').sum() % 5 == 0;
  }

  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
