package fr.digital113.directory.imports;

/** The check digits of SIREN and SIRET. */
final class Checksums {
  private static final String LA_POSTE = "356000000";

  private Checksums() {}

  /** Whether nine digits pass Luhn. */
  static boolean isSiren(String digits) {
    return digits.length() == 9 && passesLuhn(digits);
  }

  /** Whether fourteen digits pass Luhn; those of La Poste may add up to a multiple of 5 instead. */
  static boolean isSiret(String digits) {
    return digits.length() == 14
        && (passesLuhn(digits)
            || digits.startsWith(LA_POSTE) && digits.chars().map(c -> c - '0').sum() % 5 == 0);
  }

  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : digit * 2;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }
}
