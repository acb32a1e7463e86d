package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;

/**
 * What the attacker is after: a company's headcount, or a cell.
 *
 * @param name of the company or cell
 * @param company whether it is a company's headcount
 * @param sum the atoms that bound it: of a cell its own; of a company the one that it is in
 * @param low what the size classes say, jobs
 * @param high likewise
 * @param restLow the least that the atom's other companies have together; 0 for a cell
 * @param restHigh the most
 * @param required what must lie between the bounds
 * @param vintage of a cell, the first one that withholds it; 0 for a company
 */
record Target(
    String name,
    boolean company,
    Sum sum,
    double low,
    double high,
    double restLow,
    double restHigh,
    double required,
    int vintage) {

  /** What lies between the bounds, when the sum is known to be between these. */
  double width(double sumLow, double sumHigh) {
    return Math.min(high, sumHigh - restLow) - Math.max(low, sumLow - restHigh);
  }

  /**
   * The criterion: half of what the size classes leave, and 10 % of the true value, but never more
   * than they leave. So where 10 % is more than they leave, nothing at all may be learnt.
   */
  static double required(double width, double value) {
    return Math.min(width, Math.max(width / 2, value / 10));
  }

  Target keeping(double less) {
    return new Target(
        name, company, sum, low, high, restLow, restHigh, Math.min(required, less), vintage);
  }
}
