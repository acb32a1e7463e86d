package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;
import java.util.Arrays;

/**
 * The primal simplex method with bounded variables on a dense tableau, started anew only once for a
 * polytope: the solution of one programme is where the next begins, which makes the many programmes
 * over the same figures some ten times cheaper than by a solver that knows nothing of the one
 * before. What it says is checked by {@link Extreme}.
 */
final class Simplex {

  private static final double SMALL = 1e-9;

  /** Steps without progress after which Bland's rule chooses, which cannot go round in circles. */
  private static final int STALLED = 500;

  private final Polytope polytope;
  private final int rows;
  private final int columns;
  private final double[] low;
  private final double[] high;
  private final double[][] tableau;
  private final double[] value;
  private final int[] basis;
  private final boolean[] basic;
  private final boolean[] up;
  private final double[] reduced;

  /**
   * @throws CannotDecideException when it does not come to a vertex
   */
  Simplex(Polytope polytope) {
    this.polytope = polytope;
    rows = polytope.rows();
    int atoms = polytope.size();
    columns = atoms + rows;
    low = new double[columns];
    high = new double[columns];
    tableau = new double[rows][columns];
    value = new double[rows];
    basis = new int[rows];
    basic = new boolean[columns];
    up = new boolean[columns];
    reduced = new double[columns];
    for (int i = 0; i < atoms; i++) {
      low[i] = polytope.low(i);
      high[i] = polytope.high(i);
    }
    double[] cost = new double[columns];
    for (int r = 0; r < rows; r++) {
      value[r] = polytope.value(r);
      for (int i : polytope.row(r)) {
        tableau[r][i] = 1;
        value[r] -= low[i];
      }
      // What the figure still lacks, to be driven out
      int lacking = atoms + r;
      tableau[r][lacking] = 1;
      high[lacking] = Double.MAX_VALUE;
      cost[lacking] = -1;
      basis[r] = lacking;
      basic[lacking] = true;
    }
    maximise(cost);
    for (int r = 0; r < rows; r++) {
      if (basis[r] >= atoms && value[r] > 1e-6) {
        throw new CannotDecideException("The figures contradict each other or the size classes");
      }
    }
    Arrays.fill(high, atoms, columns, 0);
  }

  /**
   * The greatest value of the sum, or the least.
   *
   * @throws CannotDecideException when the method does not end, or at a point that does not hold
   */
  Extreme extreme(Sum sum, boolean greatest) {
    int sign = greatest ? 1 : -1;
    double[] cost = new double[columns];
    sum.atoms().forEach(atom -> cost[atom] = sign);
    maximise(cost);
    double[] point = new double[polytope.size()];
    Arrays.setAll(point, i -> up[i] ? high[i] : low[i]);
    for (int r = 0; r < rows; r++) {
      if (basis[r] < point.length) {
        point[basis[r]] = polytope.clamp(basis[r], value[r]);
      }
    }
    double[] multipliers = new double[rows];
    Arrays.setAll(multipliers, r -> -sign * reduced[point.length + r]);
    return Extreme.of(polytope, sum, greatest, point, multipliers);
  }

  private void maximise(double[] cost) {
    System.arraycopy(cost, 0, reduced, 0, columns);
    for (int r = 0; r < rows; r++) {
      subtract(reduced, cost[basis[r]], tableau[r]);
    }
    int stalled = 0;
    for (int count = 0; count < 200 * (rows + 20) + 10 * columns; count++) {
      int entering = entering(stalled > STALLED);
      if (entering < 0) {
        return;
      }
      stalled = step(entering, stalled > STALLED) > SMALL ? 0 : stalled + 1;
    }
    throw new CannotDecideException("The simplex method does not end");
  }

  private int entering(boolean first) {
    int best = -1;
    double most = SMALL;
    for (int i = 0; i < columns; i++) {
      double gain = up[i] ? -reduced[i] : reduced[i];
      if (gain > most && !basic[i] && low[i] < high[i]) {
        best = i;
        most = gain;
        if (first) {
          return best;
        }
      }
    }
    return best;
  }

  /** Moves the column as far as the bounds allow, and returns how far. */
  private double step(int entering, boolean first) {
    double sign = up[entering] ? -1 : 1;
    double length = high[entering] - low[entering];
    int leaving = -1;
    for (int r = 0; r < rows; r++) {
      double rate = -sign * tableau[r][entering];
      if (Math.abs(rate) > SMALL) {
        int b = basis[r];
        double room = Math.max(0, rate > 0 ? high[b] - value[r] : value[r] - low[b]);
        double limit = room / Math.abs(rate);
        boolean preferred =
            leaving >= 0
                && limit <= length + SMALL
                && (first
                    ? b < basis[leaving]
                    : Math.abs(rate) > Math.abs(tableau[leaving][entering]));
        if (limit < length - SMALL || preferred) {
          leaving = r;
          length = Math.min(limit, length);
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      value[r] -= sign * length * tableau[r][entering];
    }
    if (leaving < 0) {
      up[entering] = !up[entering];
      return length;
    }
    int out = basis[leaving];
    up[out] = -sign * tableau[leaving][entering] > 0;
    basic[out] = false;
    basic[entering] = true;
    basis[leaving] = entering;
    value[leaving] = (up[entering] ? high[entering] : low[entering]) + sign * length;
    up[entering] = false;
    pivot(leaving, entering);
    return length;
  }

  private void pivot(int row, int column) {
    double[] pivot = tableau[row];
    double by = pivot[column];
    for (int i = 0; i < columns; i++) {
      pivot[i] /= by;
    }
    pivot[column] = 1;
    for (int r = 0; r < rows; r++) {
      if (r != row) {
        subtract(tableau[r], tableau[r][column], pivot);
        tableau[r][column] = 0;
      }
    }
    subtract(reduced, reduced[column], pivot);
    reduced[column] = 0;
  }

  private static void subtract(double[] from, double times, double[] what) {
    if (times != 0) {
      for (int i = 0; i < from.length; i++) {
        from[i] -= times * what[i];
      }
    }
  }
}
