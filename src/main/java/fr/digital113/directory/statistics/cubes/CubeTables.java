package fr.digital113.directory.statistics.cubes;

import fr.digital113.directory.formats.Sheets.Sheet;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.statistics.cubes.Cube.Measure;
import fr.digital113.directory.statistics.cubes.Figures.Combination;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A cube as tables: tidy for programs, pivoted or with a column a measure for people. */
final class CubeTables {
  private static final Text MEASURE = new Text("Indicateur", "Measure");
  private static final Text UNIT = new Text("Unité", "Unit");
  private static final List<String> CREDITS = List.of("asOf", "sourceName", "licence");

  private final Cube cube;
  private final Language language;
  private final List<Combination> combinations;

  CubeTables(Cube cube, Language language) {
    this.cube = cube;
    this.language = language;
    this.combinations = Figures.combinations(cube);
  }

  /** A row for each figure; the labels of categories in both languages, units in one. */
  void tidy(Sheet sheet) {
    List<String> header = new ArrayList<>();
    for (Dimension dimension : cube.dimensions()) {
      header.add(dimension.id());
      header.add(dimension.id() + "LabelFr");
      header.add(dimension.id() + "LabelEn");
    }
    header.addAll(List.of("measure", "unit", "value", "status"));
    header.addAll(CREDITS);
    sheet.row(header);
    for (Combination combination : combinations) {
      for (int i = 0; i < cube.measures().size(); i++) {
        Measure measure = cube.measures().get(i);
        Cell cell = combination.cells().get(i);
        List<@Nullable Object> row = new ArrayList<>();
        for (Category category : combination.categories()) {
          row.add(category.code());
          row.add(category.label().fr());
          row.add(category.label().en());
        }
        row.add(measure.id());
        row.add(measure.unit().in(language));
        row.add(Figures.value(cell, measure));
        row.add(cell.status());
        row.addAll(credits());
        sheet.row(row);
      }
    }
  }

  /** The last dimension across the columns, a row for each measure; without dimensions one row. */
  void pivot(Sheet sheet) {
    if (cube.dimensions().isEmpty()) {
      sheet.row(Stream.concat(measureNames(), CREDITS.stream()).toList());
      List<@Nullable Object> row = figures(combinations.get(0));
      row.addAll(credits());
      sheet.row(row);
      return;
    }
    int last = cube.dimensions().size() - 1;
    List<Category> across = cube.dimensions().get(last).categories();
    List<String> header = header(cube.dimensions().subList(0, last));
    header.add(MEASURE.in(language));
    header.add(UNIT.in(language));
    across.forEach(each -> header.add(name(each)));
    header.addAll(CREDITS);
    sheet.row(header);
    for (int start = 0; start < combinations.size(); start += across.size()) {
      List<Combination> line = combinations.subList(start, start + across.size());
      for (int i = 0; i < cube.measures().size(); i++) {
        Measure measure = cube.measures().get(i);
        List<@Nullable Object> row = labels(line.get(0).categories().subList(0, last));
        row.add(measure.label().in(language));
        row.add(measure.unit().in(language));
        for (Combination combination : line) {
          row.add(Figures.shown(combination.cells().get(i), measure));
        }
        row.addAll(credits());
        sheet.row(row);
      }
    }
  }

  /** A row for each combination, a column for each measure; whom to name is told elsewhere. */
  void wide(Sheet sheet) {
    sheet.row(Stream.concat(header(cube.dimensions()).stream(), measureNames()).toList());
    for (Combination combination : combinations) {
      List<@Nullable Object> row = labels(combination.categories());
      row.addAll(figures(combination));
      sheet.row(row);
    }
  }

  /** Of each column of {@link #wide}, whether its cells are texts. */
  List<Boolean> texts() {
    return Stream.concat(
            cube.dimensions().stream().flatMap(each -> Stream.of(true, true)),
            cube.measures().stream().map(each -> false))
        .toList();
  }

  private List<String> header(List<Dimension> dimensions) {
    List<String> header = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      header.add(dimension.id());
      header.add(dimension.label().in(language));
    }
    return header;
  }

  private List<@Nullable Object> labels(List<Category> categories) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (Category category : categories) {
      cells.add(category.code());
      cells.add(category.label().in(language));
    }
    return cells;
  }

  private List<@Nullable Object> figures(Combination combination) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int i = 0; i < cube.measures().size(); i++) {
      cells.add(Figures.shown(combination.cells().get(i), cube.measures().get(i)));
    }
    return cells;
  }

  private Stream<String> measureNames() {
    return cube.measures().stream().map(each -> name(each, language));
  }

  /** What the column of a measure is called. */
  static String name(Measure measure, Language language) {
    return "%s (%s)".formatted(measure.label().in(language), measure.unit().in(language));
  }

  /** With its code, since places of the same name are no rarity. */
  private String name(Category category) {
    String label = category.label().in(language);
    return category.isTotal() ? label : "%s (%s)".formatted(label, category.code());
  }

  private List<Object> credits() {
    return List.of(LocalDate.parse(cube.about().asOf()), cube.about().source(), Credits.LICENCE);
  }
}
