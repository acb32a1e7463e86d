package fr.digital113.directory.statistics.confidentiality;

import fr.digital113.directory.statistics.confidentiality.Atoms.Sum;
import java.util.Comparator;
import java.util.List;

/**
 * A sum that could be published: all figures of the new vintage that are of the same companies,
 * which stand or fall together.
 *
 * @param id of the dearest of them
 * @param rank of the dearest
 * @param jobs what they say
 * @param primary whether the primary rule withholds them
 * @param target what is to be protected when they are withheld: one, or none when the size classes
 *     say it all
 */
record Candidate(Sum sum, String id, int rank, long jobs, boolean primary, List<Target> target) {

  /** The most important first. Total, so that no answer depends on the order of the input. */
  static final Comparator<Candidate> DEAREST =
      Comparator.comparingInt(Candidate::rank)
          .thenComparing(Comparator.comparingLong(Candidate::jobs).reversed())
          .thenComparing(Candidate::id);

  static Candidate of(Sum sum, Figure figure, int vintage, Atoms atoms) {
    return new Candidate(
        sum,
        figure.id(),
        figure.rank(),
        figure.jobs(),
        PrimaryRule.withholds(figure),
        Targets.target(figure.id(), atoms, figure, vintage).stream().toList());
  }

  static Candidate dearer(Candidate one, Candidate other) {
    return DEAREST.compare(one, other) <= 0 ? one : other;
  }

  /**
   * What withholding it loses: its jobs, ten times as much for every rank that is dearer than
   * crossings.
   */
  double cost() {
    return (1 + jobs) * Math.pow(1000, Math.max(0, 2 - rank));
  }
}
