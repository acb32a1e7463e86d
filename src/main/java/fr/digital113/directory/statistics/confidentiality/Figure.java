package fr.digital113.directory.statistics.confidentiality;

import java.util.List;

/**
 * A figure of a table: the jobs of a set of companies. A company in several cells of a table (as
 * one in several sectors) is in several figures; nothing is assumed about which figures add up to
 * which.
 *
 * @param id names the figure within its vintage, such as {@code departement=31;sector=telecoms}
 * @param rank how dear it is: 0 the overall total, 1 tables of one dimension, 2 crossings. Figures
 *     of a higher rank are withheld first, and of one rank those of fewer jobs
 * @param unknowns the companies whose headcount is known to the directory, each once, in any order
 */
public record Figure(String id, int rank, List<Unknown> unknowns) {

  public Figure {
    unknowns = List.copyOf(unknowns);
  }

  /** The figure itself, jobs. */
  public long jobs() {
    return unknowns.stream().mapToLong(Unknown::value).sum();
  }
}
