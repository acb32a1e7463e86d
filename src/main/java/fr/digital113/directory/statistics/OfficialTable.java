package fr.digital113.directory.statistics;

import static fr.digital113.directory.statistics.Breakdown.DEPARTEMENT;
import static fr.digital113.directory.statistics.Breakdown.EPCI;
import static fr.digital113.directory.statistics.Breakdown.JOINED_YEAR;
import static fr.digital113.directory.statistics.Breakdown.ORIGIN;
import static fr.digital113.directory.statistics.Breakdown.SECTOR;
import static fr.digital113.directory.statistics.Breakdown.SIZE_CLASS;
import static fr.digital113.directory.statistics.Breakdown.TERRITORY;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The family of tables in which jobs are published, all of them together in each vintage. What is
 * withheld in one protects the others, so that none may be added for one vintage alone.
 *
 * @param by in the order in which a vintage has them
 */
record OfficialTable(List<Breakdown> by) {
  static final List<OfficialTable> ALL =
      List.of(
          table(),
          table(DEPARTEMENT),
          table(EPCI),
          table(TERRITORY),
          table(SECTOR),
          table(SIZE_CLASS),
          table(ORIGIN),
          table(JOINED_YEAR),
          table(DEPARTEMENT, SECTOR),
          table(DEPARTEMENT, SIZE_CLASS),
          table(SECTOR, SIZE_CLASS));

  private static OfficialTable table(Breakdown... by) {
    return new OfficialTable(List.of(by));
  }

  /** Whether there is a table of these breakdowns, in whatever order. */
  static boolean has(List<Breakdown> by) {
    return ALL.stream().anyMatch(each -> Set.copyOf(each.by()).equals(Set.copyOf(by)));
  }

  /** As {@code by} takes it: {@code departement,sector}; empty for the overall total. */
  String code() {
    return by.stream().map(Breakdown::id).collect(Collectors.joining(","));
  }

  /** Every table but the overall total, for people. */
  static String list() {
    return ALL.stream()
        .filter(each -> !each.by().isEmpty())
        .map(OfficialTable::code)
        .collect(Collectors.joining(" | "));
  }
}
