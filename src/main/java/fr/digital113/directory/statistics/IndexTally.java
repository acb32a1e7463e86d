package fr.digital113.directory.statistics;

import fr.digital113.directory.index.CrossTable;
import fr.digital113.directory.index.Query;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.statistics.Tally.Counts;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import java.util.ArrayList;
import java.util.List;

/** Counts the companies of now, from the index: it knows the public alone, and no headcounts. */
final class IndexTally {
  private IndexTally() {}

  static Tally of(Snapshot snapshot, Query companies, List<Breakdown> by) {
    Tally tally = Tally.empty(by);
    CrossTable.count(
        snapshot,
        companies,
        by.stream().map(Breakdown::facet).toList(),
        (values, count) -> {
          List<String> key = new ArrayList<>();
          for (String value : values) {
            key.add(value == null ? Category.TOTAL : value.isEmpty() ? Tally.NONE : value);
          }
          tally.cells().put(List.copyOf(key), new Counts(count, 0, 0));
        });
    return tally;
  }
}
