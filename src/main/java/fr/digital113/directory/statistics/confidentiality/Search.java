package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The search for what to withhold. The dearest figures are let in first, some at a time; whenever
 * the attacker narrows something too far, the multipliers of his programmes say which figures he
 * used, and the cheapest of the new ones that breaks most of his conclusions is withheld. In the
 * end figures are given back, the dearest first, where nothing is disclosed by that.
 */
final class Search {

  /**
   * Figures that are let in at a time: a programme's cost grows with them faster than their number.
   */
  private static final int CHUNK = 100;

  /**
   * Disclosures to be found before something is withheld: much of what is left to test is then
   * safe.
   */
  private static final int ENOUGH = 12;

  /** How much more than an audit the whole search may spend. */
  private static final int SEARCH = 5;

  private static final double USED = 1e-7;

  private final Atoms atoms;
  private final Set<Sum> fixed;
  private final Map<Sum, Candidate> candidates = new LinkedHashMap<>();
  private final Set<Sum> closed = new HashSet<>();
  private final Set<Sum> published = new LinkedHashSet<>();
  private final TreeSet<Candidate> secondary = new TreeSet<>(Candidate.DEAREST);
  private final Map<Candidate, Target> causes = new LinkedHashMap<>();
  private final List<Target> always;
  private final Map<Target, Target> kept = new LinkedHashMap<>();
  private final Before before;
  private long effort;

  /**
   * @param vintages the earlier ones, and last the new one, nothing of it withheld
   */
  Search(Atoms atoms, List<Vintage> vintages, long effort) {
    this.atoms = atoms;
    this.effort = SEARCH * effort;
    int last = vintages.size() - 1;
    List<Vintage> earlier = vintages.subList(0, last);
    fixed = Targets.published(atoms, earlier);
    before = new Before(atoms, vintages, this.effort);
    always = new ArrayList<>(Targets.companies(atoms));
    always.addAll(Targets.cells(atoms, earlier));
    Set<Sum> withheld = new HashSet<>();
    always.stream().filter(t -> !t.company()).forEach(t -> withheld.add(t.sum()));
    for (Figure figure : vintages.get(last).figures()) {
      Sum sum = atoms.sum(figure);
      // What was published before is known, and is said again. What was withheld stays so while its
      // companies do: it
      // could not be published without disclosing the earlier cell
      if (withheld.contains(sum)) {
        closed.add(sum);
      } else if (!fixed.contains(sum)) {
        candidates.merge(sum, Candidate.of(sum, figure, last, atoms), Candidate::dearer);
      }
    }
    for (Candidate candidate : candidates.values()) {
      if (candidate.primary()) {
        always.addAll(candidate.target());
      }
    }
  }

  boolean isWithheld(Sum sum) {
    return closed.contains(sum) || candidates.containsKey(sum) && !published.contains(sum);
  }

  void run() {
    List<Candidate> order =
        candidates.values().stream()
            .filter(candidate -> !candidate.primary())
            .sorted(Candidate.DEAREST)
            .toList();
    for (int from = 0; from < order.size(); from += CHUNK) {
      order
          .subList(from, Math.min(order.size(), from + CHUNK))
          .forEach(c -> published.add(c.sum()));
      withhold();
    }
    for (Candidate candidate : List.copyOf(secondary)) {
      giveBack(candidate);
    }
  }

  /** Withholds until nothing is disclosed any more. */
  private void withhold() {
    Set<Target> safe = new HashSet<>();
    while (true) {
      List<Target> targets = targets();
      targets.removeIf(target -> safe.contains(target));
      Map<Target, List<Candidate>> found = attack(targets, safe);
      if (found.isEmpty()) {
        return;
      }
      while (!found.isEmpty()) {
        Candidate cheapest = cheapest(found.values());
        published.remove(cheapest.sum());
        secondary.add(cheapest);
        for (Target target : List.copyOf(found.keySet())) {
          if (found.getOrDefault(target, List.of()).contains(cheapest)) {
            causes.putIfAbsent(cheapest, target);
            found.remove(target);
          }
        }
      }
    }
  }

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>(always);
    for (Candidate candidate : secondary) {
      targets.addAll(candidate.target());
    }
    targets.replaceAll(target -> kept.getOrDefault(target, target));
    return targets;
  }

  private static Candidate cheapest(Collection<List<Candidate>> found) {
    Map<Candidate, Integer> uses = new LinkedHashMap<>();
    found.forEach(used -> used.forEach(candidate -> uses.merge(candidate, 1, Integer::sum)));
    return uses.entrySet().stream()
        .min(
            Comparator.<Map.Entry<Candidate, Integer>>comparingDouble(
                    entry -> entry.getKey().cost() / entry.getValue())
                .thenComparing(Map.Entry::getKey, Candidate.DEAREST.reversed()))
        .orElseThrow()
        .getKey();
  }

  /**
   * Some of what is disclosed, with the new figures that do it; what is found to be safe is added
   * to the safe.
   */
  private Map<Target, List<Candidate>> attack(List<Target> targets, Set<Target> safe) {
    Polytope polytope = polytope();
    Attacker attacker = new Attacker(atoms, polytope, targets, effort);
    targets.stream().filter(target -> !attacker.isSafe(target)).forEach(attacker::step);
    Map<Target, List<Candidate>> found = new LinkedHashMap<>();
    for (Target target : targets) {
      if (!attacker.isSafe(target) && isNarrow(attacker, target)) {
        List<Candidate> used = used(attacker, polytope, target);
        if (used.isEmpty()) {
          throw new CannotDecideException("Earlier vintages alone disclose " + target.name());
        }
        found.put(target, used);
        if (found.size() >= ENOUGH && attacker.effort() > 0) {
          effort = attacker.effort();
          return found;
        }
      }
    }
    effort = attacker.effort();
    targets.stream().filter(attacker::isSafe).forEach(safe::add);
    return found;
  }

  private boolean isNarrow(Attacker attacker, Target target) {
    boolean solved = attacker.solve(target);
    if (attacker.isSafe(target)) {
      return false;
    }
    // What cannot be solved any more counts as disclosed
    if (target.company() || !solved) {
      return true;
    }
    Target held = before.keeping(target);
    kept.put(target, held);
    return !attacker.isSafe(held);
  }

  private List<Candidate> used(Attacker attacker, Polytope polytope, Target target) {
    Extreme least = attacker.of(target).least;
    Extreme greatest = attacker.of(target).greatest;
    List<Candidate> used = new ArrayList<>();
    for (Sum sum : published) {
      int row = polytope.rowOf(sum);
      if (row < 0) {
        continue;
      }
      boolean does =
          least == null || greatest == null
              ? sum.atoms().stream().anyMatch(target.sum().atoms()::contains)
              : Math.abs(least.multipliers()[row]) > USED
                  || Math.abs(greatest.multipliers()[row]) > USED;
      if (does) {
        used.add(candidates.get(sum));
      }
    }
    return used;
  }

  private Polytope polytope() {
    Set<Sum> sums = new LinkedHashSet<>(fixed);
    sums.addAll(published);
    return new Polytope(atoms, sums);
  }

  private void giveBack(Candidate candidate) {
    published.add(candidate.sum());
    secondary.remove(candidate);
    List<Target> targets = targets();
    Attacker attacker = new Attacker(atoms, polytope(), targets, effort);
    Target cause = causes.get(candidate);
    if ((cause == null || cause.sum().equals(candidate.sum()) || holds(attacker, cause))
        && targets.stream().allMatch(target -> holds(attacker, target))) {
      effort = attacker.effort();
      return;
    }
    effort = attacker.effort();
    published.remove(candidate.sum());
    secondary.add(candidate);
  }

  private boolean holds(Attacker attacker, Target target) {
    if (!attacker.isSafe(target)) {
      attacker.step(target);
    }
    return attacker.isSafe(target) || !isNarrow(attacker, target);
  }
}
