package fr.digital113.directory.statistics;

import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.statistics.cubes.Cube;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The jobs that vintages tell, day by day; each vintage is read once. */
final class VintageJobs {
  private final Vintages vintages;
  private final Snapshot snapshot;
  private final List<String> by;
  private final Map<String, Map<String, Cell>> read = new HashMap<>();

  VintageJobs(Vintages vintages, Snapshot snapshot, List<Breakdown> by) {
    this.vintages = vintages;
    this.snapshot = snapshot;
    this.by = by.stream().map(Breakdown::id).toList();
  }

  /**
   * By category, those of the vintage in force on a day; empty when there is none, or when it has
   * no such table.
   */
  Map<String, Cell> on(LocalDate day) {
    String id = vintages.idInForce(snapshot, day);
    return id == null ? Map.of() : read.computeIfAbsent(id, this::cells);
  }

  private Map<String, Cell> cells(String id) {
    Cube cube = vintages.get(snapshot, id).document().cube(by, List.of(CompanyMeasure.JOBS));
    Map<String, Cell> cells = new HashMap<>();
    if (cube != null) {
      List<List<String>> places = cube.coordinates();
      for (int i = 0; i < places.size(); i++) {
        cells.put(category(places.get(i)), cube.cells().get(i));
      }
    }
    return cells;
  }

  /** Of no breakdown or one. */
  static String category(List<String> values) {
    return values.isEmpty() ? Category.TOTAL : values.get(0);
  }
}
