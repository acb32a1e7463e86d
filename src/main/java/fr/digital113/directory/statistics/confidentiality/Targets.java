package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is to be protected in a row of vintages. */
final class Targets {

  private Targets() {}

  /** Every company whose size class leaves something open, in the order of the keys. */
  static List<Target> companies(Atoms atoms) {
    List<Target> targets = new ArrayList<>();
    for (int atom = 0; atom < atoms.size(); atom++) {
      for (Unknown unknown : atoms.members(atom)) {
        if (unknown.width() > 0) {
          targets.add(
              new Target(
                  unknown.key(),
                  true,
                  new Sum(List.of(atom)),
                  unknown.low(),
                  unknown.high(),
                  atoms.low[atom] - unknown.low(),
                  atoms.high[atom] - unknown.high(),
                  Target.required(unknown.width(), unknown.value()),
                  0));
        }
      }
    }
    return targets;
  }

  /**
   * Every cell that some vintage withholds: the same companies only once, of the first vintage. A
   * cell that an earlier vintage published is known, and keeps nothing.
   */
  static List<Target> cells(Atoms atoms, List<Vintage> vintages) {
    Map<Sum, Target> targets = new LinkedHashMap<>();
    Set<Sum> known = new HashSet<>();
    for (int v = 0; v < vintages.size(); v++) {
      Vintage vintage = vintages.get(v);
      for (Figure figure : vintage.figures()) {
        if (!vintage.isPublished(figure)) {
          Sum sum = atoms.sum(figure);
          if (!known.contains(sum) && !targets.containsKey(sum)) {
            target(vintage.name() + " " + figure.id(), atoms, figure, v)
                .ifPresent(target -> targets.put(sum, target));
          }
        }
      }
      known.addAll(published(atoms, List.of(vintage)));
    }
    return List.copyOf(targets.values());
  }

  /**
   * A cell as a target. Nothing when the size classes say what it is.
   *
   * @param vintage the number of the first one that withholds it
   */
  static Optional<Target> target(String name, Atoms atoms, Figure figure, int vintage) {
    double low = figure.unknowns().stream().mapToInt(Unknown::low).sum();
    double high = figure.unknowns().stream().mapToInt(Unknown::high).sum();
    if (low == high) {
      return Optional.empty();
    }
    double required = Target.required(high - low, (double) figure.jobs());
    if (!PrimaryRule.withholds(figure)) {
      // Withheld for others only: it hides no more than any of its companies must (ADR 17)
      double least = required;
      for (Unknown unknown : figure.unknowns()) {
        if (unknown.width() > 0) {
          least = Math.min(least, Target.required(unknown.width(), unknown.value()));
        }
      }
      required = least;
    }
    return Optional.of(
        new Target(name, false, atoms.sum(figure), low, high, 0, 0, required, vintage));
  }

  /** The sums that the vintages give away. */
  static Set<Sum> published(Atoms atoms, List<Vintage> vintages) {
    Set<Sum> sums = new LinkedHashSet<>();
    for (Vintage vintage : vintages) {
      for (Figure figure : vintage.figures()) {
        if (vintage.isPublished(figure)) {
          sums.add(atoms.sum(figure));
        }
      }
    }
    return sums;
  }
}
