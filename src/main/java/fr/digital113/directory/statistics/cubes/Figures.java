package fr.digital113.directory.statistics.cubes;

import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.statistics.cubes.Cube.Measure;
import fr.digital113.directory.web.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all formats of a cube say alike: its combinations, its figures, and why some are absent. */
final class Figures {
  private static final Map<String, Text> STATUSES =
      Map.of(
          Cell.CONFIDENTIAL,
          new Text(
              "Confidentiel : le chiffre pourrait révéler celui d'une seule entreprise.",
              "Confidential: the figure could tell that of a single company."),
          Cell.MISSING,
          new Text("Absent : il n'y a pas de chiffre.", "Missing: there is no figure."));

  private Figures() {}

  /**
   * One category of each dimension, and the cell of each measure.
   *
   * @param categories in the order of the dimensions
   * @param cells in the order of the measures
   */
  record Combination(List<Category> categories, List<Cell> cells) {}

  /** Every combination, the last dimension varying fastest. */
  static List<Combination> combinations(Cube cube) {
    List<List<Category>> heads = new ArrayList<>();
    heads.add(List.of());
    for (Dimension dimension : cube.dimensions()) {
      List<List<Category>> longer = new ArrayList<>();
      for (List<Category> head : heads) {
        for (Category category : dimension.categories()) {
          List<Category> next = new ArrayList<>(head);
          next.add(category);
          longer.add(next);
        }
      }
      heads = longer;
    }
    int width = cube.measures().size();
    List<Combination> combinations = new ArrayList<>(heads.size());
    for (int i = 0; i < heads.size(); i++) {
      combinations.add(
          new Combination(heads.get(i), cube.cells().subList(i * width, (i + 1) * width)));
    }
    return combinations;
  }

  /** The figure with the decimals of its measure, so that every format shows the same. */
  static @Nullable BigDecimal value(Cell cell, Measure measure) {
    return cell.value() == null
        ? null
        : new BigDecimal(cell.value().toString())
            .setScale(measure.decimals(), RoundingMode.HALF_UP);
  }

  /** The figure for a table that people read: in place of an absent one, why it is. */
  static @Nullable Object shown(Cell cell, Measure measure) {
    BigDecimal value = value(cell, measure);
    return value == null ? cell.status() : value;
  }

  /** The codes that occur, with what they say. */
  static SortedMap<String, Text> statuses(Cube cube) {
    SortedMap<String, Text> statuses = new TreeMap<>();
    for (Cell cell : cube.cells()) {
      if (cell.status() != null) {
        statuses.put(cell.status(), meaning(cell.status()));
      }
    }
    return statuses;
  }

  /** What a code says. */
  static Text meaning(String status) {
    return Objects.requireNonNull(STATUSES.get(status), () -> "nothing is said of " + status);
  }
}
