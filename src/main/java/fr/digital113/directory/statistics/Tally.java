package fr.digital113.directory.statistics;

import fr.digital113.directory.statistics.cubes.Cube.Category;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Companies and jobs by the values of breakdowns, every total included.
 *
 * @param by what they are counted by; may be empty
 */
record Tally(List<Breakdown> by, Map<List<String>, Counts> cells) {
  /** The value of companies that have none, such as no Factory (SDMX: not applicable). */
  static final String NONE = "_Z";

  /**
   * What is counted of some companies.
   *
   * @param companies how many
   * @param jobs the sum of the headcounts that are known
   * @param unknown of how many the headcount is not known
   */
  record Counts(long companies, long jobs, long unknown) {
    static final Counts NOTHING = new Counts(0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(companies + other.companies, jobs + other.jobs, unknown + other.unknown);
    }
  }

  static Tally empty(List<Breakdown> by) {
    return new Tally(by, new HashMap<>());
  }

  /** Of companies with these values; {@link Category#TOTAL} for any, {@link #NONE} for none. */
  Counts at(List<String> values) {
    return cells.getOrDefault(values, Counts.NOTHING);
  }

  Counts total() {
    return at(by.stream().map(each -> Category.TOTAL).toList());
  }

  /** The values of one breakdown that companies have. */
  Stream<String> found(int breakdown) {
    return cells.keySet().stream()
        .map(each -> each.get(breakdown))
        .filter(each -> !each.equals(Category.TOTAL) && !each.equals(NONE))
        .distinct()
        .sorted();
  }

  /** Whether some companies have no value of a breakdown. */
  boolean hasNone(int breakdown) {
    return cells.keySet().stream().anyMatch(each -> each.get(breakdown).equals(NONE));
  }
}
