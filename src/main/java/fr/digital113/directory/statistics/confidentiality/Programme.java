package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The linear programmes over what is published, solved by ojAlgo: a second opinion on what {@link
 * Simplex} says.
 *
 * <p>The model and not {@code LinearSolver.newGeneralBuilder()}, which in 56.2.0 pays no regard to
 * upper bounds. The model loses the multipliers of figures that it takes out beforehand, so it
 * cannot take the simplex method's place.
 */
final class Programme {

  private final Polytope polytope;

  Programme(Polytope polytope) {
    this.polytope = polytope;
  }

  /**
   * The greatest value of the sum, or the least.
   *
   * @throws CannotDecideException when the solver does not come to a point that holds
   */
  double extreme(Sum sum, boolean greatest) {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < polytope.size(); i++) {
      variables.add(model.newVariable("x" + i).lower(polytope.low(i)).upper(polytope.high(i)));
    }
    for (int r = 0; r < polytope.rows(); r++) {
      Expression row = model.newExpression("r" + r).level(polytope.value(r));
      for (int atom : polytope.row(r)) {
        row.set(variables.get(atom), 1);
      }
    }
    sum.atoms().forEach(atom -> variables.get(atom).weight(1));
    // A model of its own for every programme: a solved one keeps what was found out about its
    // variables
    Optimisation.Result result = greatest ? model.maximise() : model.minimise();
    if (!result.getState().isOptimal()) {
      throw new CannotDecideException("The linear programme ended as " + result.getState());
    }
    double[] point = new double[variables.size()];
    Arrays.setAll(point, i -> polytope.clamp(i, result.doubleValue(i)));
    if (!polytope.contains(point, Extreme.TOLERANCE)) {
      throw new CannotDecideException("The linear programme's solution misses a figure");
    }
    return sum.of(point);
  }
}
