package fr.digital113.directory.statistics.confidentiality;

/**
 * Insee's rules of "secret statistique" for figures that add up something: a cell is confidential
 * when fewer than three companies contribute to it, or when one has 85 % of it or more. A cell that
 * nobody contributes to is 0 and no secret.
 */
final class PrimaryRule {

  private static final int FEWEST = 3;

  private PrimaryRule() {}

  static boolean withholds(Figure figure) {
    // A company of class 00 is known to contribute nothing
    long contributing = figure.unknowns().stream().filter(unknown -> unknown.high() > 0).count();
    if (contributing == 0) {
      return false;
    }
    long largest = figure.unknowns().stream().mapToLong(Unknown::value).max().orElse(0);
    return contributing < FEWEST || 100 * largest >= 85 * figure.jobs();
  }
}
