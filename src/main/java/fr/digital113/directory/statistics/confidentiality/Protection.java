package fr.digital113.directory.statistics.confidentiality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides which figures of a new vintage are withheld. */
public final class Protection {

  private final List<Vintage> earlier;
  private final long effort;

  private Protection(List<Vintage> earlier, long effort) {
    this.earlier = List.copyOf(earlier);
    this.effort = effort;
  }

  /**
   * @param earlier everything that was ever published, in the order of publication; none of it can
   *     be withdrawn
   */
  public static Protection of(List<Vintage> earlier) {
    return new Protection(earlier, Attacker.EFFORT);
  }

  /**
   * Withholds of the candidates what it must, so that the audit of everything passes. The same
   * candidates in another order give the same answer.
   *
   * @throws CannotDecideException when that cannot be shown; nothing may be published then
   */
  public Protected protect(String name, List<Figure> candidates) {
    return decide(name, candidates, true);
  }

  /**
   * Publishes of the candidates only what is known already, because a vintage before published the
   * same companies, and withholds all that moved. Joiners then gather until the next vintage that
   * is protected in full, where many hide each other: when every month shows all that it may, a
   * month of few or unlike joiners spoils the total of the next.
   *
   * @throws CannotDecideException as {@link #protect} does
   */
  public Protected repeat(String name, List<Figure> candidates) {
    return decide(name, candidates, false);
  }

  private Protected decide(String name, List<Figure> candidates, boolean full) {
    List<Vintage> all = new ArrayList<>(earlier);
    all.add(new Vintage(name, candidates, Map.of()));
    all = new ArrayList<>(Agreed.of(all));
    List<Figure> figures = all.get(earlier.size()).figures();
    Atoms atoms = new Atoms(all);
    Search search = new Search(atoms, all, effort);
    if (full) {
      search.run();
    }
    Map<String, Reason> withheld = new TreeMap<>();
    for (Figure figure : figures) {
      if (search.isWithheld(atoms.sum(figure))) {
        withheld.put(
            figure.id(), PrimaryRule.withholds(figure) ? Reason.PRIMARY : Reason.SECONDARY);
      }
    }
    Vintage vintage = new Vintage(name, figures, withheld);
    all.set(earlier.size(), vintage);
    Report report = Audit.of(all).report();
    if (!report.passes()) {
      throw new CannotDecideException("The audit of " + name + " finds disclosures: " + report);
    }
    return new Protected(vintage, report);
  }
}
