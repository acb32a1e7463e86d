package fr.digital113.directory.statistics.cubes;

import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures in up to three dimensions, in both languages.
 *
 * @param name of the dataset or table, such as {@code companies}; part of file names
 * @param label what the figures are
 * @param dimensions in the order that was asked for; may be empty
 * @param measures at least one
 * @param cells in row-major order (JSON-stat): the last dimension varies faster than those before,
 *     the measures fastest; {@code product of the sizes of dimensions * measures} of them
 * @param about source, dates and footnotes
 */
public record Cube(
    String name,
    Text label,
    List<Dimension> dimensions,
    List<Measure> measures,
    List<Cell> cells,
    About about) {

  /**
   * Where the figures are from.
   *
   * @param source whom to name, without the licence
   * @param updated the moment of the newest change that they hold, RFC 3339
   * @param asOf the day that they are of, ISO 8601
   * @param citation how to cite them; null when they are no published vintage
   * @param href the permanent address of the vintage; null when they are none
   * @param notes what a reader has to know, in the order of importance
   */
  public record About(
      String source,
      @Nullable String updated,
      String asOf,
      @Nullable Text citation,
      @Nullable String href,
      List<Text> notes) {}

  /**
   * What figures are broken down by.
   *
   * @param id the name that {@code by} takes
   * @param categories in their order; the total, where there is one, comes first
   */
  public record Dimension(String id, Text label, Role role, List<Category> categories) {
    /** What a dimension is about, as JSON-stat tells; for every other there is no word. */
    public enum Role {
      GEO,
      TIME,
      CLASSIFICATION
    }
  }

  /**
   * One value of a dimension.
   *
   * @param code what the filter of that name takes; {@link #TOTAL} for the total of the dimension
   */
  public record Category(String code, Text label) {
    /** The code of every total, as in SDMX. */
    public static final String TOTAL = "_T";

    private static final Text TOTAL_LABEL = new Text("Ensemble", "Total");

    /** The total: of distinct companies, so it may be less than the sum. */
    public static Category total() {
      return new Category(TOTAL, TOTAL_LABEL);
    }

    public boolean isTotal() {
      return code.equals(TOTAL);
    }
  }

  /**
   * What is counted.
   *
   * @param id the name that {@code measure} takes
   * @param decimals how many are shown
   */
  public record Measure(String id, Text label, Text unit, int decimals) {}

  /**
   * One figure.
   *
   * @param value null when it is withheld or not known
   * @param status why: {@link #CONFIDENTIAL}, {@link #MISSING}; null for an ordinary figure
   */
  public record Cell(@Nullable Number value, @Nullable String status) {
    /** Withheld, as it could tell what one company has (SDMX CL_OBS_STATUS says C as well). */
    public static final String CONFIDENTIAL = "c";

    /** There is none. */
    public static final String MISSING = "m";

    public static Cell of(Number value) {
      return new Cell(value, null);
    }

    public static Cell confidential() {
      return new Cell(null, CONFIDENTIAL);
    }

    public static Cell missing() {
      return new Cell(null, MISSING);
    }
  }

  /** The codes of each cell's categories, in the order of the cells; all measures have the same. */
  public List<List<String>> coordinates() {
    List<List<String>> all = List.of(List.of());
    for (Dimension dimension : dimensions) {
      List<List<String>> more = new ArrayList<>();
      for (List<String> before : all) {
        for (Category category : dimension.categories()) {
          List<String> codes = new ArrayList<>(before);
          codes.add(category.code());
          more.add(codes);
        }
      }
      all = more;
    }
    return all;
  }

  public Cube {
    long size = measures.size();
    for (Dimension dimension : dimensions) {
      size *= dimension.categories().size();
    }
    if (size != cells.size()) {
      throw new IllegalArgumentException(
          "%s has %d cells where %d are expected".formatted(name, cells.size(), size));
    }
    for (Dimension dimension : dimensions) {
      if (dimension.categories().stream().skip(1).anyMatch(Category::isTotal)) {
        throw new IllegalArgumentException("the total of " + dimension.id() + " comes first");
      }
    }
  }
}
