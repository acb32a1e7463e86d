package fr.digital113.directory.statistics.cubes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Figures.Combination;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cube as rows of JSON, one for each combination of the dimensions.
 *
 * @param data of each dimension its code and label, of each measure its figure or null, and {@code
 *     status} where figures are absent: why, by measure
 * @param source whom to name
 * @param licence its address
 * @param statusLabels what the codes in {@code status} say; null without any
 */
@JsonInclude(Include.NON_NULL)
record CubeRows(
    @JsonInclude(content = Include.ALWAYS) List<Map<String, @Nullable Object>> data,
    String label,
    List<Named> dimensions,
    List<MeasureView> measures,
    String source,
    String licence,
    String asOf,
    @Nullable String updated,
    @Nullable String citation,
    @Nullable String href,
    List<String> notes,
    @Nullable Map<String, String> statusLabels) {

  record Named(String id, String label) {}

  record MeasureView(String id, String label, String unit, int decimals) {}

  static CubeRows of(Cube cube, Language language) {
    Cube.About about = cube.about();
    return new CubeRows(
        Figures.combinations(cube).stream().map(each -> row(cube, each, language)).toList(),
        cube.label().in(language),
        cube.dimensions().stream()
            .map(each -> new Named(each.id(), each.label().in(language)))
            .toList(),
        cube.measures().stream()
            .map(
                each ->
                    new MeasureView(
                        each.id(),
                        each.label().in(language),
                        each.unit().in(language),
                        each.decimals()))
            .toList(),
        about.source(),
        Credits.LICENCE_URL,
        about.asOf(),
        about.updated(),
        about.citation() == null ? null : about.citation().in(language),
        about.href(),
        about.notes().stream().map(each -> each.in(language)).toList(),
        statusLabels(Figures.statuses(cube), language));
  }

  private static Map<String, @Nullable Object> row(
      Cube cube, Combination combination, Language language) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < cube.dimensions().size(); i++) {
      String id = cube.dimensions().get(i).id();
      Category category = combination.categories().get(i);
      row.put(id, category.code());
      row.put(id + "Label", category.label().in(language));
    }
    Map<String, String> status = new LinkedHashMap<>();
    for (int i = 0; i < cube.measures().size(); i++) {
      Cube.Measure measure = cube.measures().get(i);
      Cell cell = combination.cells().get(i);
      row.put(measure.id(), Figures.value(cell, measure));
      if (cell.status() != null) {
        status.put(measure.id(), cell.status());
      }
    }
    if (!status.isEmpty()) {
      row.put("status", status);
    }
    return row;
  }

  private static @Nullable Map<String, String> statusLabels(
      Map<String, Text> statuses, Language language) {
    if (statuses.isEmpty()) {
      return null;
    }
    Map<String, String> labels = new LinkedHashMap<>();
    statuses.forEach((code, meaning) -> labels.put(code, meaning.in(language)));
    return labels;
  }
}
