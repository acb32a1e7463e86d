package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of what the attacker is after. Of every sum it keeps what some point shows (the interval
 * is no narrower than that) and what multipliers show (it is no wider). Every point that is found
 * for one target may widen all others, so that few need programmes of their own.
 */
final class Attacker {

  /** Multiplications that may be spent on programmes, about: a minute of one core. */
  static final long EFFORT = 20_000_000_000L;

  /** Jobs by which a width may fall short; programmes are exact to about a tenth of that. */
  private static final double TOLERANCE = 1e-5;

  /** Atoms in all sums up to which every point is looked at for every target. */
  private static final long SHARED = 200_000;

  private final Polytope polytope;
  private final Map<Sum, Bracket> brackets = new LinkedHashMap<>();
  private final boolean shared;
  private @Nullable Simplex simplex;
  private @Nullable Interior interior;
  private long effort;

  Attacker(Atoms atoms, Polytope polytope, Collection<Target> targets, long effort) {
    this.polytope = polytope;
    this.effort = effort;
    long length = 0;
    double[] truth = atoms.truth();
    for (Target target : targets) {
      if (brackets.putIfAbsent(target.sum(), new Bracket(target.sum(), polytope)) == null) {
        length += target.sum().atoms().size();
      }
    }
    shared = length <= SHARED;
    brackets.values().forEach(bracket -> bracket.see(truth));
  }

  /** The effort that is left. */
  long effort() {
    return effort;
  }

  /** What is known of the target's sum. */
  Bracket of(Target target) {
    return Objects.requireNonNull(brackets.get(target.sum()));
  }

  boolean isSafe(Target target) {
    return of(target).shown(target) >= target.required() - TOLERANCE;
  }

  boolean isDisclosed(Target target) {
    return of(target).possible(target) < target.required() - TOLERANCE;
  }

  /** Looks for points by steps from the centre, which is cheap. */
  void step(Target target) {
    Interior inside = interior;
    if (inside == null) {
      inside = new Interior(polytope);
      interior = inside;
    }
    if (inside.isFound()) {
      double[][] ends = inside.chord(target.sum());
      for (double[] end : ends) {
        if (polytope.contains(end, 1e-7)) {
          see(target, end);
        }
      }
    }
  }

  /**
   * Solves for both bounds, so that what is shown and what is possible are the same.
   *
   * @return false when there is no effort left
   */
  boolean solve(Target target) {
    Bracket bracket = of(target);
    if (bracket.solved) {
      return true;
    }
    // Steps of the simplex method, a few for every ten figures, times the tableau
    long steps = 10L + polytope.rows() / 4;
    long cost = 2L * steps * (1 + polytope.rows()) * (polytope.rows() + polytope.size());
    if (cost > effort) {
      effort = 0;
      return false;
    }
    effort -= cost;
    Extreme least;
    Extreme greatest;
    try {
      least = simplex().extreme(target.sum(), false);
      greatest = simplex().extreme(target.sum(), true);
    } catch (CannotDecideException stale) {
      // Rounding adds up over many programmes: once more from the beginning
      simplex = null;
      least = simplex().extreme(target.sum(), false);
      greatest = simplex().extreme(target.sum(), true);
    }
    bracket.least = least;
    bracket.greatest = greatest;
    bracket.possibleLow = Math.max(bracket.possibleLow, least.bound());
    bracket.possibleHigh = Math.min(bracket.possibleHigh, greatest.bound());
    bracket.solved = true;
    see(target, least.point());
    see(target, greatest.point());
    return true;
  }

  private Simplex simplex() {
    Simplex current = simplex;
    if (current == null) {
      current = new Simplex(polytope);
      simplex = current;
    }
    return current;
  }

  private void see(Target target, double[] point) {
    if (shared) {
      brackets.values().forEach(bracket -> bracket.see(point));
    } else {
      of(target).see(point);
    }
  }

  /** What is known of a sum. */
  static final class Bracket {

    private final Sum sum;
    private double shownLow = Double.POSITIVE_INFINITY;
    private double shownHigh = Double.NEGATIVE_INFINITY;
    private double possibleLow;
    private double possibleHigh;
    private boolean solved;
    @Nullable Extreme least;
    @Nullable Extreme greatest;

    Bracket(Sum sum, Polytope polytope) {
      this.sum = sum;
      for (int atom : sum.atoms()) {
        possibleLow += polytope.low(atom);
        possibleHigh += polytope.high(atom);
      }
    }

    void see(double[] point) {
      double value = sum.of(point);
      shownLow = Math.min(shownLow, value);
      shownHigh = Math.max(shownHigh, value);
    }

    boolean isSolved() {
      return solved;
    }

    /** The target's width is no less than this. */
    double shown(Target target) {
      return target.width(shownLow, shownHigh);
    }

    /** And no more than this. */
    double possible(Target target) {
      return target.width(possibleLow, possibleHigh);
    }
  }
}
