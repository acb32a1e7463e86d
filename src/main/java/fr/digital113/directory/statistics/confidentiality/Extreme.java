package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;

/**
 * The greatest or least value of a sum, with its proof. Nothing that a solver says is believed: its
 * point is checked against every figure, and its multipliers are made into a bound that holds
 * whatever they are (weak duality).
 *
 * @param point where the sum is extreme, jobs by atom
 * @param multipliers by row: which figures bound it
 * @param bound the sum is certainly not beyond this
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record Extreme(double[] point, double[] multipliers, double bound) {

  /** Jobs by which a point may miss a figure, times the atoms of the figure. */
  static final double TOLERANCE = 1e-7;

  static Extreme of(
      Polytope polytope, Sum sum, boolean greatest, double[] point, double[] multipliers) {
    if (!polytope.contains(point, TOLERANCE)) {
      throw new CannotDecideException("The solution of a linear programme misses a figure");
    }
    return new Extreme(point, multipliers, polytope.bound(sum, greatest, multipliers));
  }
}
