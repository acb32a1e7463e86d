package fr.digital113.directory.statistics.cubes;

import static org.assertj.core.api.Assertions.assertThat;

import fr.digital113.directory.web.Language;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** Read by another library than the one that writes. */
class CubeWorkbookTest {
  private static final String LICENCE =
      "Licence Ouverte 2.0, https://www.etalab.gouv.fr/licence-ouverte-open-licence/";

  @Test
  void aVintageInFrenchHasNumbersAndSigns() throws IOException {
    try (XSSFWorkbook workbook = workbook(Language.FR, SmallCubes.vintage())) {
      assertThat(names(workbook)).containsExactly("companies", "Sources");
      assertThat(rows(workbook.getSheetAt(0)))
          .containsExactly(
              List.of(
                  "departement",
                  "Département",
                  "sizeClass",
                  "Tranche d'effectif",
                  "Entreprises (nombre)",
                  "Emplois (équivalents temps plein)"),
              List.of("_T", "Ensemble", "_T", "Ensemble", 1200.0, 3400.3),
              List.of("_T", "Ensemble", "11", "10 à 19 salariés", 5.0, 60.0),
              List.of("31", "Haute-Garonne", "_T", "Ensemble", 9.0, "c"),
              List.of("31", "Haute-Garonne", "11", "10 à 19 salariés", 4.0, "c"),
              List.of("34", "Hérault", "_T", "Ensemble", 3.0, 0.0),
              List.of("34", "Hérault", "11", "10 à 19 salariés", 0.0, "m"));
      assertThat(rows(workbook.getSheetAt(1)))
          .containsExactly(
              List.of("Feuille", "companies"),
              List.of("Titre", "Entreprises et emplois fictifs"),
              List.of("Source", "Digital113"),
              List.of("Date des données", "2026-10-31"),
              List.of("Mise à jour", "2026-11-02T09:30:00+01:00"),
              List.of("Licence", LICENCE),
              List.of("Citation", "Digital113, millésime fictif"),
              List.of("Adresse", "/v1/statistics/vintages/2026-10/companies"),
              List.of("Note", "Une entreprise compte une fois."),
              List.of("Colonne", "Contenu"),
              List.of("departement", "Code : Département"),
              List.of("Département", "Libellé"),
              List.of("sizeClass", "Code : Tranche d'effectif"),
              List.of("Tranche d'effectif", "Libellé"),
              List.of("Entreprises (nombre)", "Indicateur : companies"),
              List.of("Emplois (équivalents temps plein)", "Indicateur : jobs"),
              List.of("Signe", "Signification"),
              List.of(
                  "c", "Confidentiel : le chiffre pourrait révéler celui d'une seule entreprise."),
              List.of("m", "Absent : il n'y a pas de chiffre."));
    }
  }

  @Test
  void severalCubesInEnglishAreASheetEach() throws IOException {
    try (XSSFWorkbook workbook =
        workbook(Language.EN, SmallCubes.live(), SmallCubes.labelled("Other"))) {
      assertThat(names(workbook)).containsExactly("total", "sector", "Sources");
      assertThat(rows(workbook.getSheetAt(0)))
          .containsExactly(
              List.of("Companies (number)", "Jobs (full-time equivalents)"), List.of(12.0, 340.5));
      assertThat(rows(workbook.getSheetAt(1)))
          .containsExactly(
              List.of("sector", "Other", "Other (Other)"), List.of("iot", "Other", -1.0));
      assertThat(rows(workbook.getSheetAt(2)))
          .containsExactly(
              List.of("Sheet", "total"),
              List.of("Title", "Fictional companies and jobs"),
              List.of("Source", "Digital113"),
              List.of("Day of the data", "2026-11-28"),
              List.of("Licence", LICENCE),
              List.of("Column", "Content"),
              List.of("Companies (number)", "Measure: companies"),
              List.of("Jobs (full-time equivalents)", "Measure: jobs"),
              List.of("Sheet", names(workbook).get(1)),
              List.of("Title", "Other"),
              List.of("Source", "Digital113"),
              List.of("Day of the data", "2026-11-28"),
              List.of("Licence", LICENCE),
              List.of("Note", "Other"),
              List.of("Column", "Content"),
              List.of("sector", "Code: Other"),
              List.of("Other", "Label"),
              List.of("Other (Other)", "Measure: companies"),
              List.of("Sign", "Meaning"),
              List.of("c", "Confidential: the figure could tell that of a single company."),
              List.of("m", "Missing: there is no figure."));
    }
  }

  @Test
  void figuresShowTheDecimalsOfTheirMeasure() throws IOException {
    try (XSSFWorkbook workbook = workbook(Language.EN, SmallCubes.vintage())) {
      Row row = workbook.getSheetAt(0).getRow(2);
      DataFormatter shown = new DataFormatter(java.util.Locale.ROOT);
      assertThat(shown.formatCellValue(row.getCell(4))).isEqualTo("5");
      assertThat(shown.formatCellValue(row.getCell(5))).isEqualTo("60.0");
    }
  }

  @Test
  void noLabelIsAFormula() throws IOException {
    String label = "=cmd|' /C calc'!A0;\"x\"\n=1+1";

    try (XSSFWorkbook workbook = workbook(Language.FR, SmallCubes.labelled(label))) {
      assertThat(rows(workbook.getSheetAt(0)))
          .containsExactly(
              List.of("sector", label, "%s (%s)".formatted(label, label)),
              List.of("iot", label, -1.0));
      assertThat(rows(workbook.getSheetAt(1))).contains(List.of("Note", label));
      workbook
          .sheetIterator()
          .forEachRemaining(
              sheet ->
                  sheet.forEach(
                      row ->
                          row.forEach(
                              cell ->
                                  assertThat(cell.getCellType()).isNotEqualTo(CellType.FORMULA))));
    }
  }

  @Test
  void theSameCubeIsTheSameBytesAndNamesTheMomentOfItsFigures() throws IOException {
    byte[] file = CubeWorkbook.of(List.of(SmallCubes.vintage()), Language.FR);

    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(file))) {
      assertThat(workbook.getProperties().getCoreProperties().getCreated())
          .isEqualTo("2026-11-02T08:30:00Z");
    }
    assertThat(SameBytes.of(file, java.time.Instant.parse("2026-11-02T08:30:00Z"))).isEqualTo(file);
  }

  private static XSSFWorkbook workbook(Language language, Cube... cubes) throws IOException {
    return new XSSFWorkbook(new ByteArrayInputStream(CubeWorkbook.of(List.of(cubes), language)));
  }

  private static List<String> names(XSSFWorkbook workbook) {
    List<String> names = new ArrayList<>();
    workbook.sheetIterator().forEachRemaining(each -> names.add(each.getSheetName()));
    return names;
  }

  /** Its rows, without the empty ones. */
  private static List<List<Object>> rows(XSSFSheet sheet) {
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : sheet) {
      List<Object> cells = new ArrayList<>();
      for (Cell cell : row) {
        cells.add(
            cell.getCellType() == CellType.NUMERIC
                ? cell.getNumericCellValue()
                : cell.getStringCellValue());
      }
      if (!cells.isEmpty()) {
        rows.add(cells);
      }
    }
    return rows;
  }
}
