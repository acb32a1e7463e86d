package fr.digital113.directory.statistics.cubes;

import fr.digital113.directory.statistics.cubes.Cube.About;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.statistics.cubes.Cube.Cell;
import fr.digital113.directory.statistics.cubes.Cube.Dimension;
import fr.digital113.directory.statistics.cubes.Cube.Dimension.Role;
import fr.digital113.directory.statistics.cubes.Cube.Measure;
import fr.digital113.directory.web.Text;
import java.util.List;

/** Cubes that are small enough to be read as a whole. */
final class SmallCubes {
  static final Text LABEL =
      new Text("Entreprises et emplois fictifs", "Fictional companies and jobs");
  private static final Text COUNTED_ONCE =
      new Text("Une entreprise compte une fois.", "A company counts once.");
  private static final Dimension DEPARTEMENT =
      new Dimension(
          "departement",
          new Text("Département", "Department"),
          Role.GEO,
          List.of(
              Category.total(),
              new Category("31", new Text("Haute-Garonne", "Haute-Garonne")),
              new Category("34", new Text("Hérault", "Herault"))));
  private static final Dimension SIZE =
      new Dimension(
          "sizeClass",
          new Text("Tranche d'effectif", "Size class"),
          Role.CLASSIFICATION,
          List.of(
              Category.total(),
              new Category("11", new Text("10 à 19 salariés", "10 to 19 staff"))));
  private static final Dimension YEAR =
      new Dimension(
          "year",
          new Text("Année", "Year"),
          Role.TIME,
          List.of(
              new Category("2024", new Text("2024", "2024")),
              new Category("2025", new Text("2025", "2025"))));
  private static final Measure COMPANIES =
      new Measure(
          "companies", new Text("Entreprises", "Companies"), new Text("nombre", "number"), 0);
  private static final Measure JOBS =
      new Measure(
          "jobs",
          new Text("Emplois", "Jobs"),
          new Text("équivalents temps plein", "full-time equivalents"),
          1);

  private SmallCubes() {}

  /** A published vintage with two dimensions, a withheld and a missing figure. */
  static Cube vintage() {
    return new Cube(
        "companies",
        LABEL,
        List.of(DEPARTEMENT, SIZE),
        List.of(COMPANIES, JOBS),
        List.of(
            Cell.of(1_200),
            Cell.of(3_400.25),
            Cell.of(5L),
            Cell.of(60),
            Cell.of(9),
            Cell.confidential(),
            Cell.of(4),
            Cell.confidential(),
            Cell.of(3),
            Cell.of(0.04),
            Cell.of(0),
            Cell.missing()),
        new About(
            "Digital113",
            "2026-11-02T09:30:00+01:00",
            "2026-10-31",
            new Text("Digital113, millésime fictif", "Digital113, fictional vintage"),
            "/v1/statistics/vintages/2026-10/companies",
            List.of(COUNTED_ONCE)));
  }

  /** Live figures, none of which is absent. */
  static Cube live() {
    return new Cube(
        "companies",
        LABEL,
        List.of(),
        List.of(COMPANIES, JOBS),
        List.of(Cell.of(12), Cell.of(340.5)),
        live(List.of()));
  }

  /** Three dimensions, one of them time. */
  static Cube threeDimensions() {
    return new Cube(
        "growth",
        LABEL,
        List.of(DEPARTEMENT, SIZE, YEAR),
        List.of(COMPANIES),
        List.of(
            Cell.of(1),
            Cell.of(2),
            Cell.of(3),
            Cell.of(4),
            Cell.of(5),
            Cell.of(6),
            Cell.of(7),
            Cell.of(8),
            Cell.of(9),
            Cell.of(10),
            Cell.of(11),
            Cell.of(12)),
        live(List.of()));
  }

  /** One category, of that label. */
  static Cube labelled(String label) {
    Text text = new Text(label, label);
    return new Cube(
        "companies",
        text,
        List.of(
            new Dimension("sector", text, Role.CLASSIFICATION, List.of(new Category("iot", text)))),
        List.of(new Measure("companies", text, text, 0)),
        List.of(Cell.of(-1)),
        live(List.of(text)));
  }

  private static About live(List<Text> notes) {
    return new About("Digital113", null, "2026-11-28", null, null, notes);
  }
}
