package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * All headcounts that the attacker cannot rule out: within the bounds of the size classes, and
 * adding up to every published figure. Fractions of a job are let in, so what he finds is never
 * narrower than here by that alone.
 */
final class Polytope {

  private final double[] low;
  private final double[] high;
  private final List<int[]> rows = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private final Map<Sum, Integer> rowOf = new LinkedHashMap<>();

  /**
   * @param published the sums that are known, each of them once or more often
   */
  Polytope(Atoms atoms, Collection<Sum> published) {
    low = atoms.low;
    high = atoms.high;
    double[] truth = atoms.truth();
    for (Sum sum : new LinkedHashSet<>(published)) {
      // What has no free atom says nothing
      if (sum.atoms().stream().anyMatch(atom -> low[atom] < high[atom])) {
        rowOf.put(sum, rows.size());
        rows.add(sum.atoms().stream().mapToInt(Integer::intValue).toArray());
        values.add(sum.of(truth));
      }
    }
  }

  int size() {
    return low.length;
  }

  double low(int atom) {
    return low[atom];
  }

  double high(int atom) {
    return high[atom];
  }

  int rows() {
    return rows.size();
  }

  int[] row(int row) {
    return rows.get(row);
  }

  double value(int row) {
    return values.get(row);
  }

  int rowOf(Sum sum) {
    return rowOf.getOrDefault(sum, -1);
  }

  double clamp(int atom, double value) {
    return Math.max(low[atom], Math.min(high[atom], value));
  }

  /** Whether the point, which is within the bounds, adds up to every figure. */
  boolean contains(double[] point, double tolerance) {
    for (int r = 0; r < rows.size(); r++) {
      double sum = -values.get(r);
      for (int atom : rows.get(r)) {
        sum += point[atom];
      }
      // Negated, so that what is no number is no point
      if (!(Math.abs(sum) <= tolerance * (1 + rows.get(r).length))) {
        return false;
      }
    }
    return true;
  }

  /**
   * What no point's sum exceeds (or falls below): true for any multipliers, tight for those of the
   * solution.
   */
  double bound(Sum sum, boolean greatest, double[] multipliers) {
    double[] reduced = new double[low.length];
    sum.atoms().forEach(atom -> reduced[atom] = 1);
    double bound = 0;
    for (int r = 0; r < rows.size(); r++) {
      if (multipliers[r] != 0) {
        bound += multipliers[r] * values.get(r);
        for (int atom : rows.get(r)) {
          reduced[atom] -= multipliers[r];
        }
      }
    }
    for (int i = 0; i < low.length; i++) {
      bound += reduced[i] * (reduced[i] > 0 == greatest ? high[i] : low[i]);
    }
    return bound;
  }
}
