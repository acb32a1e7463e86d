package fr.digital113.directory.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import fr.digital113.directory.index.DirectoryIndex;
import fr.digital113.directory.index.Snapshot;
import fr.digital113.directory.statistics.cubes.Cube.Measure;
import fr.digital113.directory.web.Credits;
import fr.digital113.directory.web.Exchange;
import fr.digital113.directory.web.Language;
import fr.digital113.directory.web.Localized;
import fr.digital113.directory.web.Text;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What statistics there are, and how to ask for them. */
@Singleton
class Catalogue {
  private static final List<String> FORMATS = List.of("jsonstat", "json", "csv", "xlsx");

  private final DirectoryIndex index;
  private final Vintages vintages;
  private final ReferenceFigures figures;

  Catalogue(DirectoryIndex index, Vintages vintages, ReferenceFigures figures) {
    this.index = index;
    this.vintages = vintages;
    this.figures = figures;
  }

  record Named(String id, String label) {}

  record Measured(String id, String label, String unit, int decimals) {}

  /**
   * One dataset.
   *
   * @param jobsBy the breakdowns in which the public has jobs
   */
  record Dataset(
      String id,
      String label,
      String href,
      List<Named> dimensions,
      int atOnce,
      List<Measured> measures,
      List<List<String>> jobsBy,
      List<String> formats,
      List<String> examples) {}

  /** The newest vintage. */
  record Newest(String id, String href) {}

  record View(
      List<Dataset> datasets,
      @Nullable Newest vintage,
      String vintages,
      JsonNode referenceFigures,
      String source,
      String licence,
      String updated,
      List<String> notes) {}

  Response respond(Exchange exchange) {
    try (Snapshot snapshot = index.acquire(exchange)) {
      exchange.parameters().check();
      Language language = exchange.language();
      return exchange.answer(snapshot.version(), () -> view(snapshot, language));
    }
  }

  private View view(Snapshot snapshot, Language language) {
    String newest = vintages.idInForce(snapshot, null);
    return new View(
        List.of(companies(language), growth(language), objectives(language), factories(language)),
        newest == null ? null : new Newest(newest, "/v1/statistics/vintages/" + newest),
        "/v1/statistics/vintages",
        Localized.document(figures.all(snapshot), language),
        Credits.CLUSTER,
        Credits.LICENCE,
        snapshot.changedAt().toString(),
        List.of(Notes.OVERLAP.in(language), Notes.CONFIDENTIAL.in(language)));
  }

  private static Dataset companies(Language language) {
    String href = "/v1/statistics/companies";
    return new Dataset(
        CompanyCube.NAME,
        CompanyCube.LABEL.in(language),
        href,
        dimensions(Arrays.asList(Breakdown.values()), language),
        CompaniesDataset.MOST_BREAKDOWNS,
        measures(
            Arrays.stream(CompanyMeasure.values()).map(CompanyMeasure::measure).toList(), language),
        OfficialTable.ALL.stream()
            .map(table -> table.by().stream().map(Breakdown::id).toList())
            .toList(),
        FORMATS,
        List.of(
            href + "?by=departement",
            href + "?by=departement,sector&measure=companies,jobs",
            href + "?by=sector&territory=toulouse&asOf=2020-12-31",
            href + "?by=sizeClass&format=csv&layout=pivot&dialect=excel"));
  }

  private static Dataset growth(Language language) {
    String href = "/v1/statistics/growth";
    return new Dataset(
        GrowthDataset.NAME,
        GrowthDataset.LABEL.in(language),
        href,
        dimensions(GrowthDataset.BREAKDOWNS, language),
        1,
        measures(
            Arrays.stream(GrowthMeasure.values()).map(GrowthMeasure::measure).toList(), language),
        OfficialTable.ALL.stream()
            .map(table -> table.by().stream().map(Breakdown::id).toList())
            .filter(by -> by.size() <= 1)
            .filter(by -> by.isEmpty() || GrowthDataset.ids().contains(by.get(0)))
            .toList(),
        FORMATS,
        List.of(
            href + "?period=year",
            href + "?period=month&by=departement&measure=joined,left,present,jobs"));
  }

  private static Dataset objectives(Language language) {
    String href = "/v1/statistics/objectives";
    return new Dataset(
        ObjectivesDataset.NAME,
        ObjectivesDataset.LABEL.in(language),
        href,
        List.of(),
        0,
        measures(ObjectivesDataset.MEASURES, language),
        List.of(),
        FORMATS,
        List.of(href));
  }

  private static Dataset factories(Language language) {
    String href = "/v1/statistics/factories";
    return new Dataset(
        FactoriesDataset.NAME,
        FactoriesDataset.LABEL.in(language),
        href,
        dimensions(FactoriesDataset.BREAKDOWNS, language),
        1,
        measures(
            Arrays.stream(FactoryMeasure.values()).map(FactoryMeasure::measure).toList(), language),
        List.of(),
        FORMATS,
        List.of(
            href + "?by=factory",
            href + "?by=sector&measure=groups,companies,initiatives,done&asOf=2025-12-31"));
  }

  private static List<Named> dimensions(List<Breakdown> all, Language language) {
    return all.stream().map(each -> new Named(each.id(), each.label().in(language))).toList();
  }

  private static List<Measured> measures(List<Measure> all, Language language) {
    return all.stream().map(each -> measured(each, language)).toList();
  }

  private static Measured measured(Measure measure, Language language) {
    Text unit = measure.unit();
    return new Measured(
        measure.id(), measure.label().in(language), unit.in(language), measure.decimals());
  }
}
