package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;
import java.util.Arrays;

/**
 * A point well inside a polytope, and how far one can go from it. From the analytic centre
 * (Newton's method with a start that need not add up: Boyd and Vandenberghe, Convex Optimization,
 * 10.3) a step along a sum, projected onto what is published and weighted by the room that every
 * atom has, mostly reaches a good part of what a linear programme would, for a thousandth of its
 * cost. Both ends of the step are points of the polytope, so what they show is certain.
 */
final class Interior {

  private static final int STEPS = 60;

  private final Polytope polytope;
  private final int size;
  private final double[] width;

  /** Between 0 and 1 within its bounds, by atom. */
  private final double[] place;

  private final double[] weight;
  private final Normal normal;
  private final boolean found;

  Interior(Polytope polytope) {
    this.polytope = polytope;
    size = polytope.size();
    width = new double[size];
    Arrays.setAll(width, i -> polytope.high(i) - polytope.low(i));
    place = new double[size];
    Arrays.fill(place, 0.5);
    weight = new double[size];
    normal = new Normal(polytope);
    found = centre();
    if (found) {
      weigh();
      normal.factor(squares());
    }
  }

  /** False when there is no inside: some atom is known exactly. */
  boolean isFound() {
    return found;
  }

  double[] point() {
    double[] point = new double[size];
    Arrays.setAll(point, i -> polytope.low(i) + place[i] * width[i]);
    return point;
  }

  private boolean centre() {
    double[] gradient = new double[size];
    double[] step = new double[size];
    for (int count = 0; count < STEPS; count++) {
      weigh();
      double[] missing = new double[polytope.rows()];
      double most = 0;
      for (int r = 0; r < missing.length; r++) {
        missing[r] = polytope.value(r);
        for (int i : polytope.row(r)) {
          missing[r] -= polytope.low(i) + place[i] * width[i];
        }
        most = Math.max(most, Math.abs(missing[r]));
      }
      for (int i = 0; i < size; i++) {
        gradient[i] = -1 / place[i] + 1 / (1 - place[i]);
      }
      double[] square = squares();
      normal.factor(square);
      for (int r = 0; r < missing.length; r++) {
        for (int i : polytope.row(r)) {
          missing[r] += width[i] * weight[i] * gradient[i];
        }
      }
      double[] multipliers = normal.solve(missing);
      double[] along = normal.transposed(multipliers);
      double far = 0;
      double length = 1;
      for (int i = 0; i < size; i++) {
        step[i] = width[i] == 0 ? 0 : weight[i] * (width[i] * along[i] - gradient[i]);
        far += step[i] * step[i] / weight[i];
        double room = step[i] > 0 ? 1 - place[i] : place[i];
        length = Math.min(length, 0.9 * room / Math.max(Math.abs(step[i]), 1e-300));
      }
      if (!Double.isFinite(far)) {
        return false;
      }
      // Damped as self-concordance asks, once it adds up
      if (most < 1e-7 && far > 0.1) {
        length = Math.min(length, 1 / (1 + Math.sqrt(far)));
      }
      for (int i = 0; i < size; i++) {
        place[i] += length * step[i];
      }
      if (most < 1e-7 && far < 1e-3) {
        return polytope.contains(point(), 1e-7);
      }
    }
    return polytope.contains(point(), 1e-7);
  }

  private void weigh() {
    for (int i = 0; i < size; i++) {
      double down = place[i];
      double up = 1 - place[i];
      weight[i] = 1 / (1 / (down * down) + 1 / (up * up));
    }
  }

  private double[] squares() {
    double[] square = new double[size];
    Arrays.setAll(square, i -> width[i] * width[i] * weight[i]);
    return square;
  }

  /** The two ends of the step along the sum, in jobs: its least and its greatest there. */
  double[][] chord(Sum sum) {
    double[] square = squares();
    double[] wanted = new double[size];
    sum.atoms().forEach(i -> wanted[i] = square[i]);
    double[] right = normal.times(wanted);
    double[] along = normal.transposed(normal.solve(right));
    double[] direction = new double[size];
    double down = Double.MAX_VALUE;
    double up = Double.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      direction[i] = width[i] == 0 ? 0 : wanted[i] - square[i] * along[i];
      double d = direction[i];
      if (d != 0) {
        double above = (1 - place[i]) * width[i] / Math.abs(d);
        double below = place[i] * width[i] / Math.abs(d);
        up = Math.min(up, d > 0 ? above : below);
        down = Math.min(down, d > 0 ? below : above);
      }
    }
    double[][] ends = new double[2][size];
    double back = down == Double.MAX_VALUE ? 0 : down;
    double forth = up == Double.MAX_VALUE ? 0 : up;
    for (int i = 0; i < size; i++) {
      double from = polytope.low(i) + place[i] * width[i];
      ends[0][i] = polytope.clamp(i, from - back * direction[i]);
      ends[1][i] = polytope.clamp(i, from + forth * direction[i]);
    }
    return ends;
  }
}
