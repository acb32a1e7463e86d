package fr.digital113.directory.statistics;

import fr.digital113.directory.statistics.Breakdown.Names;
import fr.digital113.directory.statistics.Tally.Counts;
import fr.digital113.directory.statistics.cubes.Cube;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.web.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives a tally its categories: each that there is, found or not, so that tables keep their shape.
 */
final class CompanyCube {
  static final String NAME = "companies";
  static final Text LABEL =
      new Text("Entreprises et emplois du cluster", "Companies and jobs of the cluster");

  private static final Text NONE_LABEL = new Text("Aucun", "None");

  private final Tally tally;
  private final List<CompanyMeasure> measures;

  /** For each breakdown the categories, by the value that they are counted under. */
  private final List<Map<String, Category>> categories = new ArrayList<>();

  private CompanyCube(Tally tally, List<CompanyMeasure> measures, Names names) {
    this.tally = tally;
    this.measures = measures;
    for (int i = 0; i < tally.by().size(); i++) {
      categories.add(categories(tally, i, names));
    }
  }

  /**
   * The cube of a tally.
   *
   * @param workforce of the whole region, to tell a share of; null when it is not known
   */
  static Cube of(
      Tally tally,
      List<CompanyMeasure> measures,
      Names names,
      @Nullable BigDecimal workforce,
      Cube.About about) {
    return new CompanyCube(tally, measures, names).cube(workforce, about);
  }

  /** The category of companies that have none. */
  static Category none() {
    return new Category(Tally.NONE, NONE_LABEL);
  }

  /** How many cells a cube of these breakdowns has at least. */
  static long size(List<Breakdown> by, Names names) {
    return by.stream()
        .mapToLong(each -> 1 + each.categories(names).size())
        .reduce(1, Math::multiplyExact);
  }

  private static Map<String, Category> categories(Tally tally, int breakdown, Names names) {
    Map<String, Category> all = new LinkedHashMap<>();
    all.put(Category.TOTAL, Category.total());
    all.putAll(tally.by().get(breakdown).categories(names));
    tally
        .found(breakdown)
        .forEach(value -> all.putIfAbsent(value, new Category(value, new Text(value, value))));
    if (tally.hasNone(breakdown)) {
      all.put(Tally.NONE, none());
    }
    return all;
  }

  private Cube cube(@Nullable BigDecimal workforce, Cube.About about) {
    List<Cell> cells = new ArrayList<>();
    forEach(
        0,
        List.of(),
        values -> {
          Counts counts = tally.at(values);
          measures.forEach(each -> cells.add(cell(each, counts, workforce)));
        });
    List<Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      Breakdown by = tally.by().get(i);
      dimensions.add(
          new Dimension(by.id(), by.label(), by.role(), List.copyOf(categories.get(i).values())));
    }
    return new Cube(
        NAME,
        LABEL,
        dimensions,
        measures.stream().map(CompanyMeasure::measure).toList(),
        cells,
        about);
  }

  private void forEach(int breakdown, List<String> values, Consumer<List<String>> cell) {
    if (breakdown == categories.size()) {
      cell.accept(values);
      return;
    }
    for (String value : categories.get(breakdown).keySet()) {
      List<String> more = new ArrayList<>(values);
      more.add(value);
      forEach(breakdown + 1, more, cell);
    }
  }

  private static Cell cell(CompanyMeasure measure, Counts counts, @Nullable BigDecimal workforce) {
    return switch (measure) {
      case COMPANIES -> Cell.of(counts.companies());
      case JOBS -> Cell.of(counts.jobs());
      case JOBS_SHARE -> share(counts.jobs(), workforce);
    };
  }

  /** Per cent, to one decimal. */
  static Cell share(long jobs, @Nullable BigDecimal workforce) {
    return workforce == null || workforce.signum() == 0
        ? Cell.missing()
        : Cell.of(
            BigDecimal.valueOf(jobs)
                .multiply(BigDecimal.valueOf(100))
                .divide(workforce, 1, RoundingMode.HALF_UP));
  }
}
