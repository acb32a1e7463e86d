package fr.digital113.directory.statistics.confidentiality;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What earlier vintages left of a cell. When a company joins a cell that was published, the new
 * cell is known up to that company, whatever is withheld now: a cell keeps half of what it had when
 * it was first withheld.
 */
final class Before {

  private final Atoms atoms;
  private final List<Vintage> vintages;
  private final long effort;
  private final Map<Integer, Polytope> polytopes = new LinkedHashMap<>();
  private final Map<Target, Target> known = new LinkedHashMap<>();

  Before(Atoms atoms, List<Vintage> vintages, long effort) {
    this.atoms = atoms;
    this.vintages = vintages;
    this.effort = effort;
  }

  /** The cell as a target that keeps no more than half of what the vintages before it left. */
  Target keeping(Target cell) {
    return cell.vintage() == 0 ? cell : known.computeIfAbsent(cell, this::solve);
  }

  private Target solve(Target cell) {
    Polytope polytope =
        polytopes.computeIfAbsent(
            cell.vintage(),
            v -> new Polytope(atoms, Targets.published(atoms, vintages.subList(0, v))));
    Attacker attacker = new Attacker(atoms, polytope, List.of(cell), effort);
    if (!attacker.solve(cell)) {
      throw new CannotDecideException(
          "Too much to compute to tell what was known of " + cell.name());
    }
    return cell.keeping(Math.max(0, attacker.of(cell).possible(cell)) / 2);
  }
}
