package fr.digital113.directory.imports.sirene;

import java.util.regex.Pattern;

/** The check digits of SIREN and SIRET. The database checks the same on companies. */
final class Identifiers {
  private static final Pattern SIREN = Pattern.compile("\\d{9}");
  private static final Pattern SIRET = Pattern.compile("\\d{14}");
  private static final String LA_POSTE = "356000000";

  private Identifiers() {}

  static boolean isSiren(String text) {
    return SIREN.matcher(text).matches() && passesLuhn(text);
  }

  /** Establishments of La Poste do not follow Luhn: the sum of their digits divides by 5. */
  static boolean isSiret(String text) {
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
