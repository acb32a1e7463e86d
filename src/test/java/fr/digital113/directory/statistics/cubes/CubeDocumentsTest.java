package fr.digital113.directory.statistics.cubes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.digital113.directory.statistics.cubes.Cube.Category;
import fr.digital113.directory.testsupport.Contract;
import fr.digital113.directory.testsupport.Fixture;
import fr.digital113.directory.web.Format;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole documents, for cubes that are small enough to check them by eye. */
class CubeDocumentsTest {
  @ParameterizedTest
  @EnumSource
  void aVintageAsJsonStat(Language language) {
    assertJson(
        Format.JSONSTAT,
        language,
        SmallCubes.vintage(),
        file("vintage.%s.jsonstat".formatted(language.tag())));
  }

  @ParameterizedTest
  @EnumSource
  void aVintageAsRows(Language language) {
    assertJson(
        Format.JSON,
        language,
        SmallCubes.vintage(),
        file("vintage.%s.json".formatted(language.tag())));
  }

  @ParameterizedTest
  @EnumSource
  void aVintageAsTidyCsv(Language language) {
    assertCsv(
        language, SmallCubes.vintage(), file("vintage.%s.tidy.csv".formatted(language.tag())));
  }

  @ParameterizedTest
  @EnumSource
  void aVintageAsAPivotForExcel(Language language) {
    assertPivotForExcel(
        language, SmallCubes.vintage(), file("vintage.%s.pivot.csv".formatted(language.tag())));
  }

  @Test
  void liveFiguresAsJsonStatWithoutWhatOnlyVintagesHave() {
    assertJson(
        Format.JSONSTAT,
        Language.EN,
        SmallCubes.live(),
        """
            {
              "version": "2.0",
              "class": "dataset",
              "label": "Fictional companies and jobs",
              "source": "Digital113",
              "id": ["measure"],
              "size": [2],
              "role": {"metric": ["measure"]},
              "dimension": {
                "measure": {
                  "label": "Measure",
                  "category": {
                    "index": ["companies", "jobs"],
                    "label": {"companies": "Companies", "jobs": "Jobs"},
                    "unit": {
                      "companies": {"label": "number", "decimals": 0},
                      "jobs": {"label": "full-time equivalents", "decimals": 1}
                    }
                  }
                }
              },
              "value": [12, 340.5],
              "extension": {
                "asOf": "2026-11-28",
                "licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
                "measures": ["companies", "jobs"]
              }
            }
            """);
  }

  @Test
  void liveFiguresAsRowsWithoutStatuses() {
    assertJson(
        Format.JSON,
        Language.FR,
        SmallCubes.live(),
        """
            {
              "data": [{"companies": 12, "jobs": 340.5}],
              "label": "Entreprises et emplois fictifs",
              "dimensions": [],
              "measures": [
                {"id": "companies", "label": "Entreprises", "unit": "nombre", "decimals": 0},
                {"id": "jobs", "label": "Emplois", "unit": "équivalents temps plein", "decimals": 1}
              ],
              "source": "Digital113",
              "licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
              "asOf": "2026-11-28",
              "notes": []
            }
            """);
  }

  @Test
  void measuresGoAcrossTheColumnsOfAPivotWithoutDimensions() {
    assertPivotForExcel(
        Language.FR,
        SmallCubes.live(),
        """
            Entreprises (nombre);Emplois (équivalents temps plein);asOf;sourceName;licence
            12;"340,5";2026-11-28;Digital113;Licence Ouverte 2.0
            """);
  }

  @Test
  void onlyTheLastOfThreeDimensionsGoesAcross() {
    assertPivotForExcel(
        Language.EN,
        SmallCubes.threeDimensions(),
        """
            departement;Department;sizeClass;Size class;Measure;Unit;2024 (2024);2025 (2025);asOf;sourceName;licence
            _T;Total;_T;Total;Companies;number;1;2;2026-11-28;Digital113;Licence Ouverte 2.0
            _T;Total;11;10 to 19 staff;Companies;number;3;4;2026-11-28;Digital113;Licence Ouverte 2.0
            31;Haute-Garonne;_T;Total;Companies;number;5;6;2026-11-28;Digital113;Licence Ouverte 2.0
            31;Haute-Garonne;11;10 to 19 staff;Companies;number;7;8;2026-11-28;Digital113;Licence Ouverte 2.0
            34;Herault;_T;Total;Companies;number;9;10;2026-11-28;Digital113;Licence Ouverte 2.0
            34;Herault;11;10 to 19 staff;Companies;number;11;12;2026-11-28;Digital113;Licence Ouverte 2.0
            """);
  }

  @Test
  void jsonStatSaysWhichDimensionIsTime() {
    assertThat(
            Fixture.parsed(text(Format.JSONSTAT, Language.EN, SmallCubes.threeDimensions()))
                .path("role"))
        .isEqualTo(
            Fixture.parsed(
                "{'geo': ['departement'], 'time': ['year'], 'metric': ['measure']}"
                    .replace('\'', '"')));
  }

  @Test
  void noLabelRunsAsAFormula() {
    Cube hostile = SmallCubes.labelled("=cmd|' /C calc'!A0;\"x\"\n=1+1");

    assertCsv(
        Language.FR,
        hostile,
        """
            sector,sectorLabelFr,sectorLabelEn,measure,unit,value,status,asOf,sourceName,licence
            iot,"'=cmd|' /C calc'!A0;""x""
            '=1+1","'=cmd|' /C calc'!A0;""x""
            '=1+1",companies,"'=cmd|' /C calc'!A0;""x""
            '=1+1",-1,,2026-11-28,Digital113,Licence Ouverte 2.0
            """);
    assertPivotForExcel(
        Language.FR,
        hostile,
        """
            Indicateur;Unité;"'=cmd|' /C calc'!A0;""x""
            '=1+1 (iot)";asOf;sourceName;licence
            "'=cmd|' /C calc'!A0;""x""
            '=1+1";"'=cmd|' /C calc'!A0;""x""
            '=1+1";-1;2026-11-28;Digital113;Licence Ouverte 2.0
            """);
  }

  @Test
  void theContractDescribesBothKindsOfJson() {
    Contract contract = Contract.committed();
    for (Cube cube :
        List.of(SmallCubes.vintage(), SmallCubes.live(), SmallCubes.threeDimensions())) {
      for (var each : Map.of("Cube", Format.JSONSTAT, "CubeRows", Format.JSON).entrySet()) {
        JsonNode document = Fixture.parsed(text(each.getValue(), Language.FR, cube));
        JsonNode other = ((ObjectNode) document.deepCopy()).put("unheardOf", 1);
        JsonNode schema = contract.component("schemas", each.getKey());

        assertThat(contract.violations(schema, document)).isEmpty();
        assertThat(contract.violations(schema, other)).hasSize(1);
      }
    }
  }

  @Test
  void aCubeHasACellForEachCombinationAndMeasure() {
    Cube whole = SmallCubes.vintage();

    assertThatThrownBy(
            () ->
                new Cube(
                    whole.name(),
                    whole.label(),
                    whole.dimensions(),
                    whole.measures(),
                    whole.cells().subList(1, 12),
                    whole.about()))
        .hasMessage("companies has 11 cells where 12 are expected");
  }

  @Test
  void theTotalOfADimensionComesFirst() {
    Cube whole = SmallCubes.vintage();
    Cube.Dimension size = whole.dimensions().get(1);
    List<Category> reversed =
        List.of(new Category("11", new Text("10 à 19", "10 to 19")), Category.total());

    assertThatThrownBy(
            () ->
                new Cube(
                    whole.name(),
                    whole.label(),
                    List.of(new Cube.Dimension(size.id(), size.label(), size.role(), reversed)),
                    whole.measures(),
                    Collections.nCopies(4, Cube.Cell.of(1)),
                    whole.about()))
        .hasMessage("the total of sizeClass comes first");
  }

  private static void assertJson(Format format, Language language, Cube cube, String expected) {
    assertThat(Fixture.parsed(text(format, language, cube))).isEqualTo(Fixture.parsed(expected));
  }

  private static void assertCsv(Language language, Cube cube, String expected) {
    assertThat(text(Format.CSV, language, cube))
        .endsWith("\r\n")
        .isEqualToNormalizingNewlines(expected);
  }

  private static void assertPivotForExcel(Language language, Cube cube, String expected) {
    CubeShape shape = new CubeShape(Format.CSV, true, true, language, new TreeMap<>());
    assertThat(new String(shape.bytes(cube), StandardCharsets.UTF_8))
        .endsWith("\r\n")
        .isEqualToNormalizingNewlines("\uFEFF" + expected);
  }

  private static String file(String name) {
    try (InputStream file = CubeDocumentsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String text(Format format, Language language, Cube cube) {
    CubeShape shape = new CubeShape(format, false, false, language, new TreeMap<>());
    return new String(shape.bytes(cube), StandardCharsets.UTF_8);
  }
}
