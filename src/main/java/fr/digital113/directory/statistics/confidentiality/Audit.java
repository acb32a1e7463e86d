package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Report.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attacker: what can be concluded from everything that is published. He knows every company of
 * every cell and the bounds of its size class, and that a headcount did not change where it did not
 * (ADR 17 has the criterion). The audit does not care how anybody decided what to withhold.
 */
public final class Audit {

  /** Targets for which the programmes are solved so that the narrowest interval is exact. */
  private static final int NARROWEST = 10;

  /** Jobs by which two solvers may differ. */
  private static final double CLOSE = 1e-4;

  private final List<Vintage> vintages;
  private final long effort;

  private Audit(List<Vintage> vintages, long effort) {
    this.vintages = Agreed.of(vintages);
    this.effort = effort;
  }

  /**
   * @param vintages all of them, in the order of publication
   */
  public static Audit of(List<Vintage> vintages) {
    return new Audit(vintages, Attacker.EFFORT);
  }

  /** Refuses sooner: for tests. */
  Audit within(long less) {
    return new Audit(vintages, less);
  }

  /**
   * Plays the attacker.
   *
   * @throws CannotDecideException when the bounds cannot be computed; that is no pass
   */
  public Report report() {
    Atoms atoms = new Atoms(vintages);
    List<Target> targets = new ArrayList<>(Targets.companies(atoms));
    targets.addAll(Targets.cells(atoms, vintages));
    Polytope polytope = new Polytope(atoms, Targets.published(atoms, vintages));
    Attacker attacker = new Attacker(atoms, polytope, targets, effort);
    targets.forEach(attacker::step);
    Before before = new Before(atoms, vintages, effort);
    List<Target> decided = new ArrayList<>();
    List<Finding> disclosures = new ArrayList<>();
    for (Target target : targets) {
      Target held = attacker.isSafe(target) ? target : decide(attacker, target, before);
      decided.add(held);
      if (attacker.isDisclosed(held)) {
        disclosures.add(finding(attacker, held));
      } else if (!attacker.isSafe(held)) {
        throw new CannotDecideException("The bounds of " + held.name() + " are not certain");
      }
    }
    Programme programme = new Programme(polytope);
    disclosures.sort(Comparator.comparingDouble(Finding::ratio).thenComparing(Finding::target));
    return report(
        narrowest(
            attacker, programme, decided.stream().filter(target -> !target.company()).toList()),
        narrowest(attacker, programme, decided.stream().filter(Target::company).toList()),
        disclosures);
  }

  private static Target decide(Attacker attacker, Target target, Before before) {
    if (!attacker.solve(target)) {
      throw new CannotDecideException(
          "Too much to compute to tell whether " + target.name() + " is safe");
    }
    return target.company() || attacker.isSafe(target) ? target : before.keeping(target);
  }

  private static @Nullable Finding narrowest(
      Attacker attacker, Programme programme, List<Target> targets) {
    Comparator<Target> order =
        Comparator.<Target>comparingDouble(t -> attacker.of(t).shown(t) / t.required())
            .thenComparing(Target::name);
    List<Target> left = new ArrayList<>(targets);
    left.removeIf(target -> target.required() <= 0);
    for (int count = 0; count < NARROWEST && !left.isEmpty(); count++) {
      Target least = left.stream().min(order).orElseThrow();
      if (attacker.of(least).isSolved() || !attacker.solve(least)) {
        break;
      }
    }
    Target least = left.stream().min(order).orElse(null);
    if (least == null) {
      return null;
    }
    if (attacker.of(least).isSolved()) {
      confirm(attacker, programme, least);
    }
    return finding(attacker, least);
  }

  /** Has another solver come to the same. */
  private static void confirm(Attacker attacker, Programme programme, Target target) {
    double width =
        target.width(programme.extreme(target.sum(), false), programme.extreme(target.sum(), true));
    Attacker.Bracket bracket = attacker.of(target);
    if (width > bracket.possible(target) + CLOSE || width < bracket.shown(target) - CLOSE) {
      throw new CannotDecideException("Two solvers disagree about " + target.name());
    }
  }

  private static Finding finding(Attacker attacker, Target target) {
    Attacker.Bracket bracket = attacker.of(target);
    return new Finding(
        target.name(), Math.max(0, bracket.shown(target)), bracket.isSolved(), target.required());
  }

  private Report report(
      @Nullable Finding cell, @Nullable Finding company, List<Finding> disclosures) {
    Map<@Nullable Reason, long[]> counts = new LinkedHashMap<>();
    for (Vintage vintage : vintages) {
      for (Figure figure : vintage.figures()) {
        long[] count =
            counts.computeIfAbsent(vintage.withheld().get(figure.id()), reason -> new long[2]);
        count[0]++;
        count[1] += figure.jobs();
      }
    }
    long[] none = new long[2];
    long[] published = counts.getOrDefault(null, none);
    long[] primary = counts.getOrDefault(Reason.PRIMARY, none);
    long[] secondary = counts.getOrDefault(Reason.SECONDARY, none);
    return new Report(
        vintages.size(),
        (int) published[0],
        (int) primary[0],
        (int) secondary[0],
        published[1] + primary[1] + secondary[1],
        secondary[1],
        cell,
        company,
        disclosures);
  }
}
