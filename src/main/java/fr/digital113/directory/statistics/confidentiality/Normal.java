package fr.digital113.directory.statistics.confidentiality;

import java.util.Arrays;

/**
 * The normal equations of the published figures, A D Aᵀ, factored by Cholesky. Figures that follow
 * from others have no pivot left and are passed over, so that nobody has to drop them first.
 */
final class Normal {

  private static final double DEPENDENT = 1e-10;

  private final Polytope polytope;
  private final int rows;
  private final int[][] rowsOf;
  private final double[][] factor;
  private final boolean[] passed;

  Normal(Polytope polytope) {
    this.polytope = polytope;
    rows = polytope.rows();
    int[] count = new int[polytope.size()];
    for (int r = 0; r < rows; r++) {
      for (int i : polytope.row(r)) {
        count[i]++;
      }
    }
    rowsOf = new int[polytope.size()][];
    Arrays.setAll(rowsOf, i -> new int[count[i]]);
    for (int r = 0; r < rows; r++) {
      for (int i : polytope.row(r)) {
        rowsOf[i][rowsOf[i].length - count[i]--] = r;
      }
    }
    factor = new double[rows][];
    Arrays.setAll(factor, r -> new double[r + 1]);
    passed = new boolean[rows];
  }

  void factor(double[] weight) {
    for (double[] row : factor) {
      Arrays.fill(row, 0);
    }
    for (int i = 0; i < rowsOf.length; i++) {
      int[] in = rowsOf[i];
      for (int a = 0; a < in.length; a++) {
        for (int b = 0; b <= a; b++) {
          factor[in[a]][in[b]] += weight[i];
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      double[] row = factor[r];
      double diagonal = row[r];
      for (int c = 0; c <= r; c++) {
        double[] other = factor[c];
        double sum = row[c];
        for (int k = 0; k < c; k++) {
          sum -= row[k] * other[k];
        }
        if (c == r) {
          passed[r] = !(sum > DEPENDENT * diagonal);
          row[r] = passed[r] ? 1 : Math.sqrt(sum);
        } else {
          row[c] = passed[c] ? 0 : sum / other[c];
        }
      }
      if (passed[r]) {
        Arrays.fill(row, 0, r, 0);
      }
    }
  }

  double[] solve(double[] right) {
    double[] x = right.clone();
    for (int r = 0; r < rows; r++) {
      double[] row = factor[r];
      double sum = passed[r] ? 0 : x[r];
      for (int k = 0; k < r; k++) {
        sum -= row[k] * x[k];
      }
      x[r] = sum / row[r];
    }
    for (int r = rows - 1; r >= 0; r--) {
      double[] row = factor[r];
      x[r] = passed[r] ? 0 : x[r] / row[r];
      for (int k = 0; k < r; k++) {
        x[k] -= row[k] * x[r];
      }
    }
    return x;
  }

  /** A x. */
  double[] times(double[] x) {
    double[] product = new double[rows];
    for (int r = 0; r < rows; r++) {
      for (int i : polytope.row(r)) {
        product[r] += x[i];
      }
    }
    return product;
  }

  /** Aᵀ y. */
  double[] transposed(double[] y) {
    double[] product = new double[rowsOf.length];
    for (int i = 0; i < product.length; i++) {
      for (int r : rowsOf[i]) {
        product[i] += y[r];
      }
    }
    return product;
  }
}
